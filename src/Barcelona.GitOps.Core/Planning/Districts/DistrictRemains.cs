using System.Collections.Immutable;
using Barcelona.GitOps.Core.Districts;
using Barcelona.GitOps.Core.Templates.Access;
using Barcelona.GitOps.Core.Templates.Districts;

namespace Barcelona.GitOps.Core.Planning.Districts;

/// <summary>What is still there once a district is gone.</summary>
internal static class DistrictRemains
{
    public static ImmutableArray<string> Of(District district, ObservedDistrict observed) =>
    [
        .. observed.Output(DistrictStackKeys.BucketOutput) is { } bucket
            ? new[] { $"The bucket {bucket} stays, with everything in it: empty and delete it by hand if nobody needs it." }
            : [],
        .. observed.Output(DistrictStackKeys.NatAddressesOutput) is { Length: > 0 } addresses
            ? new[] { $"The addresses {addresses} stay allocated, and are charged: release them by hand if nobody needs them." }
            : [],
        .. district.Cluster is Cluster.Made { Insights: true } && observed.Output(DistrictStackKeys.ClusterOutput) is { } cluster
            ? new[] { $"The log group /aws/ecs/containerinsights/{cluster}/performance stays, if Container Insights made it: delete it by hand." }
            : [],

        // Another certificate for the same name may be proven by the same record, so that CloudFormation leaves it there.
        // https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1603
        .. district.Endpoints.Where(e => e is { Existing: null, Domain: not null } && observed.Endpoints.ContainsKey(e.Name)).Select(e =>
            $"The record that proves the certificate of {e.Domain} stays in zone {e.HostedZone}: "
            + "remove it by hand if no other certificate needs it."),
        .. Policies(observed) is { Length: > 0 } policies
            ? new[] { $"Detach {policies} by hand: until then the teams keep their rights, and the stack cannot go." }
            : [],
        $"Log groups below /barcelona/{district.Name}/ stay, and expire as they are set to.",
        $"Secrets below barcelona/{district.Name}/ stay.",
        "Once this is done the district's file can be removed.",
    ];

    private static string Policies(ObservedDistrict observed) => string.Join(
        ", ", observed.Stack?.Outputs.Where(o => o.Key.StartsWith(TeamPolicies.Prefix, StringComparison.Ordinal)).Select(o => o.Value) ?? []);
}
