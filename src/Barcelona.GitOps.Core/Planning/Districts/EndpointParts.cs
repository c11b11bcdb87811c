using System.Collections.Immutable;
using Barcelona.GitOps.Core.Districts;
using Barcelona.GitOps.Core.Templates.Districts;
using Barcelona.GitOps.Core.Templates.Endpoints;

namespace Barcelona.GitOps.Core.Planning.Districts;

/// <summary>What an endpoint stands on: of the existing network, or of the district's stack.</summary>
internal static class EndpointParts
{
    private const string NotYet = "from the district's stack";

    public static DesiredEndpoint Of(DistrictInputs inputs, Endpoint endpoint, ObservedDistrict observed)
    {
        var (vpc, subnets, group) = inputs.District.Network switch
        {
            Network.Existing existing =>
                (existing.VpcId, existing.BalancerSubnets(endpoint), BalancerGroup(endpoint, observed) ?? existing.SecurityGroup),
            Network.Made => (observed.Output(DistrictStackKeys.VpcOutput), MadeSubnets(endpoint, observed), BalancerGroup(endpoint, observed)),
            var other => throw new ArgumentOutOfRangeException(nameof(inputs), other.GetType().Name, "Not a network."),
        };
        var bucketIsKnown = inputs.District.ExistingBucket is not null || observed.Output(DistrictStackKeys.BucketOutput) is not null;
        var stack = EndpointTemplate.Of(new()
        {
            District = inputs.District,
            Endpoint = endpoint,
            Platform = inputs.Platform,
            Commit = inputs.Commit,
            VpcId = vpc ?? NotYet,
            Subnets = subnets ?? [NotYet],
            SecurityGroup = group ?? NotYet,

            // Whether a bucket that somebody else made lets load balancers write is not known; one that does not would fail the whole stack.
            LogBucket = inputs.District.ExistingBucket is null ? observed.Output(DistrictStackKeys.BucketOutput) ?? NotYet : null,
            PrivateZone = inputs.District.Network is Network.Made ? observed.Output(DistrictStackKeys.PrivateZoneOutput) ?? NotYet : null,
        });
        return new(endpoint.Name, stack, IsKnown: vpc is not null && subnets is not null && group is not null && bucketIsKnown);
    }

    private static ImmutableArray<string>? MadeSubnets(Endpoint endpoint, ObservedDistrict observed) =>
        observed.ListOutput(endpoint.Public ? DistrictStackKeys.PublicSubnetsOutput : DistrictStackKeys.PrivateSubnetsOutput);

    private static string? BalancerGroup(Endpoint endpoint, ObservedDistrict observed) =>
        observed.Output(endpoint.Public ? DistrictStackKeys.PublicBalancerGroupOutput : DistrictStackKeys.PrivateBalancerGroupOutput);
}
