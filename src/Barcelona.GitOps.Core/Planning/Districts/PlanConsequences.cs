using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Barcelona.GitOps.Core.Templates.Districts.Instances;

namespace Barcelona.GitOps.Core.Planning.Districts;

/// <summary>What changes of a district's resources mean for those who use it, in words.</summary>
internal static class PlanConsequences
{
    private const string LaunchTemplate = "AWS::EC2::LaunchTemplate", Group = "AWS::AutoScaling::AutoScalingGroup";
    private const string Instance = "AWS::EC2::Instance", Vpc = "AWS::EC2::VPC", Address = "AWS::EC2::EIP";

    /// <param name="wanted">The template of the district's own stack; null: it has none.</param>
    public static ImmutableArray<string> Of(ImmutableArray<ResourceChange> changes, string? wanted) =>
    [
        .. changes.Where(c => c.Kind is ChangeKind.Replaced).Select(Replaced),
        .. Addresses(changes),
        .. Exchanged(changes, wanted),
        .. Policies(changes),
    ];

    private static string Replaced(ResourceChange change) => change.LogicalId + change.Type switch
    {
        "AWS::EC2::VPC" => " is replaced by another network: everything in it is made anew.",
        "AWS::EC2::Subnet" => " is replaced by another subnet: what is in it is made anew.",
        "AWS::EC2::NatGateway" or "AWS::EC2::EIP" =>
            " is replaced: connections to the internet come from a new address. Change it wherever the old one is allowed.",
        Instance =>
            " is replaced by a new instance, to which its address moves: what goes to the internet through it is interrupted for some minutes.",
        "AWS::EC2::SecurityGroup" => " is replaced: rules elsewhere that name the old group have to be changed.",
        "AWS::EC2::VPCEndpoint" => " is replaced: connections through it are opened anew.",
        "AWS::ElasticLoadBalancingV2::LoadBalancer" =>
            " is replaced by another load balancer with a new DNS name: Barcelona's own records follow, those that others made do not. "
            + "Its listeners go with it, and every application's rules on them: applications behind it answer 404 until each is deployed again.",
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
    /// Also when the group or the instance itself says nothing: it follows the newest version of its launch template, so that a change of that
    /// one alone exchanges machines.
    /// </summary>
    private static IEnumerable<string> Exchanged(ImmutableArray<ResourceChange> changes, string? wanted)
    {
        foreach (var stack in changes.GroupBy(c => c.Where, StringComparer.Ordinal))
        {
            var templateChanges = stack.Where(c => c.Type == LaunchTemplate && c.Kind is (ChangeKind.Changed or ChangeKind.Replaced)).ToArray();
            foreach (var group in stack.Where(c => c.Type == Group && c.Kind is (ChangeKind.Changed or ChangeKind.Unchanged)))
            {
                if (group.Properties.Any(p => Rolls(p.Path)) || templateChanges.Any(t => Belongs(t, group)))
                {
                    yield return Rolled(group.LogicalId, wanted);
                }
            }

            foreach (var instance in stack.Where(c => c.Type == Instance && c.Kind is (ChangeKind.Changed or ChangeKind.Unchanged)))
            {
                if (templateChanges.Any(t => Belongs(t, instance)))
                {
                    yield return Replaced(instance);
                }
            }
        }
    }

    /// <summary>As the group's update policy has it.</summary>
    private static string Rolled(string group, string? template)
    {
        var policy = JsonNode.Parse(template ?? "{}")?["Resources"]?[group]?["UpdatePolicy"]?["AutoScalingRollingUpdate"];
        var (batch, least) = (policy?["MaxBatchSize"]?.GetValue<int>() ?? 1, policy?["MinInstancesInService"]?.GetValue<int>() ?? 0);
        return group == BastionResources.Id + MachineResources.GroupSuffix
            ? "The bastion is replaced by a new one: it goes first, with the sessions through it, and for some minutes there is none."
            : $"The instances of {group} are rolled, {(batch == 1 ? "one" : $"up to {batch}")} at a time: the tasks of one that goes move first. "
                + (least == 0 ? "When there is only one, its tasks wait until the new one is there." : $"At least {least} stay in service.");
    }

    private static bool Rolls(string path) =>
        path.StartsWith("MixedInstancesPolicy", StringComparison.Ordinal) || path.StartsWith("LaunchTemplate", StringComparison.Ordinal);

    /// <summary>By name: <c>InstanceLaunchTemplate</c> is of <c>InstanceGroup</c>, <c>NatInstanceTemplate</c> of <c>NatInstance</c>.</summary>
    private static bool Belongs(ResourceChange template, ResourceChange machines) =>
        Stem(template.LogicalId, "LaunchTemplate", "Template") == Stem(machines.LogicalId, MachineResources.GroupSuffix);

    private static string Stem(string id, params string[] endings) =>
        endings.FirstOrDefault(e => id.EndsWith(e, StringComparison.Ordinal)) is { } ending ? id[..^ending.Length] : id;
}
