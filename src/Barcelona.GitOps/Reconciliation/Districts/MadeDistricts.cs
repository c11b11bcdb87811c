using Barcelona.GitOps.Aws;
using Barcelona.GitOps.Aws.Districts;
using Barcelona.GitOps.Core.Districts;
using Barcelona.GitOps.Core.Manifest;

namespace Barcelona.GitOps.Reconciliation.Districts;

/// <summary>
/// Looks up what a district has made, so that a release finds it as if it had always been there: one call for the district's stack and one for
/// each made endpoint that the environment uses, none where all parts exist.
/// </summary>
public sealed class MadeDistricts(DistrictStateReader state)
{
    public async Task<ResolvedDistrict> ResolveAsync(AwsSession session, EnvironmentManifest environment, CancellationToken cancellationToken)
    {
        var district = session.District;
        var used = environment.Services.SelectMany(s => s.Listeners).Select(l => l.Endpoint.Value).ToHashSet(StringComparer.Ordinal);
        if (district.Delete || !MadeParts.AreIn(district, used))
        {
            return new(district, []);
        }

        var observed = await state.ReadAsync(session, MadeParts.EndpointsOf(district, used), cancellationToken);
        return MadeParts.Resolve(district, used, observed);
    }
}
