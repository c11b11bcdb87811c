using System.Collections.Immutable;
using Barcelona.GitOps.Core.Districts;
using Barcelona.GitOps.Core.Templates;
using Barcelona.GitOps.Core.Templates.Districts;

namespace Barcelona.GitOps.Core.Planning.Districts;

/// <summary>What a district should look like in AWS.</summary>
/// <param name="Stack">Null: nothing of its own is made.</param>
/// <param name="Endpoints">Those that are made, by name.</param>
public sealed record DesiredDistrict(District District, StackSpec? Stack, ImmutableArray<DesiredEndpoint> Endpoints)
{
    public static DesiredDistrict Of(DistrictInputs inputs, ObservedDistrict observed) => new(
        inputs.District,
        DistrictTemplate.IsNeeded(inputs.District) ? DistrictTemplate.Of(inputs) : null,
        [
            .. inputs.District.Endpoints.Where(e => e.Existing is null).OrderBy(e => e.Name, StringComparer.Ordinal)
                .Select(e => EndpointParts.Of(inputs, e, observed)),
        ]);
}

/// <param name="IsKnown">
/// False: what it stands on is not made yet, and the text in its place says so. Then the stack is for reading only.
/// </param>
public sealed record DesiredEndpoint(string Name, StackSpec Stack, bool IsKnown);
