using System.Collections.Immutable;

namespace Barcelona.GitOps.Core.Planning.Districts;

/// <summary>What changes of a district's resources mean for those who use it, in words.</summary>
internal static class PlanConsequences
{
    private const string LaunchTemplate = "AWS::EC2::LaunchTemplate", Group = "AWS::AutoScaling::AutoScalingGroup", Vpc = "AWS::EC2::VPC", Address = "AWS::EC2::EIP";

    public static ImmutableArray<string> Of(ImmutableArray<ResourceChange> changes) =>
        [.. changes.Where(c => c.Kind is ChangeKind.Replaced).Select(Replaced), .. Addresses(changes), .. Rolled(changes), .. Policies(changes)];

    private static string Replaced(ResourceChange change) => change.LogicalId + change.Type switch
    {
        "AWS::EC2::VPC" => " is replaced by another network: everything in it is made anew.",
        "AWS::EC2::Subnet" => " is replaced by another subnet: what is in it is made anew.",
        "AWS::EC2::NatGateway" or "AWS::EC2::EIP" =>
            " is replaced: connections to the internet come from a new address. Change it wherever the old one is allowed.",
        "AWS::EC2::Instance" =>
            " is replaced by a new instance: what goes through it is interrupted for some minutes.",
        "AWS::EC2::SecurityGroup" => " is replaced: rules elsewhere that name the old group have to be changed.",
        "AWS::EC2::VPCEndpoint" => " is replaced: connections through it are opened anew.",
        "AWS::ElasticLoadBalancingV2::LoadBalancer" =>
            " is replaced by another load balancer with a new DNS name: Barcelona's own records follow, those that others made do not.",
        "AWS::ECS::Cluster" => " is replaced by another cluster: every service has to be deployed into it again.",
        "AWS::S3::Bucket" => " is replaced by an empty bucket: the old one stays, with everything in it.",
        "AWS::Route53::HostedZone" => " is replaced: the names in it are made anew.",
        "AWS::CertificateManager::Certificate" => " is replaced by a new certificate: it is issued before the listeners change over.",
        _ => $" ({change.Type}) is replaced.",
    };

    /// <summary>Another way out of a network that is there already: whoever lets the old address in has to learn of it.</summary>
    private static IEnumerable<string> Addresses(ImmutableArray<ResourceChange> changes)
    {
        foreach (var stack in changes.GroupBy(c => c.Where, StringComparer.Ordinal)
            .Where(s => s.Any(c => c.Type == Vpc && c.Kind is ChangeKind.Unchanged or ChangeKind.Changed)))
        {
            if (stack.Any(c => c is { Type: Address, Kind: ChangeKind.Created }))
            {
                yield return "Connections to the internet come from a new address, too. Allow it wherever the old one is allowed.";
            }

            if (stack.Where(c => c is { Type: Address, Kind: ChangeKind.Deleted }).Select(c => c.LogicalId).ToArray() is [_, ..] gone)
            {
                yield return $"Connections to the internet no longer come from {string.Join(" and ", gone)}: the address stays allocated, "
                    + "and is charged until it is released by hand.";
            }
        }
    }

    /// <summary>CloudFormation tries to delete what a stack no longer has after it is through, and lets be what it cannot.</summary>
    private static IEnumerable<string> Policies(ImmutableArray<ResourceChange> changes) => changes
        .Where(c => c is { Type: "AWS::IAM::ManagedPolicy", Kind: ChangeKind.Deleted })
        .Select(c => $"{c.LogicalId} goes: detach it by hand before. Until then the team keeps the right; a policy that is still attached when "
            + "this is applied stays behind, and has to be deleted by hand, too.");

    /// <summary>
    /// Also when the group itself says nothing: it follows the newest version of its launch template, so that a change of that one alone
    /// rolls its instances.
    /// </summary>
    private static IEnumerable<string> Rolled(ImmutableArray<ResourceChange> changes)
    {
        foreach (var stack in changes.GroupBy(c => c.Where, StringComparer.Ordinal))
        {
            var templateChanges = stack.Where(c => c.Type == LaunchTemplate && c.Kind is (ChangeKind.Changed or ChangeKind.Replaced)).ToArray();
            foreach (var group in stack.Where(c => c.Type == Group && c.Kind is (ChangeKind.Changed or ChangeKind.Unchanged)))
            {
                var own = group.Properties.Any(p => Rolls(p.Path));
                if (own || templateChanges.Any(t => Belongs(t, group, stack)))
                {
                    yield return $"The instances of {group.LogicalId} are rolled one by one: "
                        + "a new one starts, the old one's tasks move, then it goes.";
                }
            }
        }
    }

    private static bool Rolls(string path) =>
        path.StartsWith("MixedInstancesPolicy", StringComparison.Ordinal) || path.StartsWith("LaunchTemplate", StringComparison.Ordinal);

    /// <summary>By name where there are several: <c>ClusterLaunchTemplate</c> is of <c>ClusterGroup</c>.</summary>
    private static bool Belongs(ResourceChange template, ResourceChange group, IEnumerable<ResourceChange> stack) =>
        stack.Count(c => c.Type == Group) == 1 || CommonStart(template.LogicalId, group.LogicalId) >= 3;

    private static int CommonStart(string one, string other) => one.Zip(other).TakeWhile(p => p.First == p.Second).Count();
}
