using System.Collections.Immutable;

namespace Barcelona.GitOps.Core.Planning.Differences;

/// <summary>What a release's changes mean beyond its resources, in words.</summary>
internal static class ReleaseConsequences
{
    private const string Target = "AWS::ApplicationAutoScaling::ScalableTarget", Scaled = "Scaling", Service = "Service";

    public static ImmutableArray<string> Of(ImmutableArray<ResourceChange> changes) =>
        [.. changes.SelectMany(c => Of(c, changes))];

    private static IEnumerable<string> Of(ResourceChange change, ImmutableArray<ResourceChange> all) => (change.Type, change.Kind) switch
    {
        ("AWS::ElasticLoadBalancingV2::LoadBalancer", ChangeKind.Created) =>
            [$"{change.LogicalId} is a new load balancer: the check says its DNS name once it stands, and so do the outputs of {change.Where}."],
        ("AWS::ElasticLoadBalancingV2::LoadBalancer", ChangeKind.Deleted) =>
            [$"{change.LogicalId} goes, and its DNS name and addresses with it: whoever uses them has to change over."],
        ("AWS::ElasticLoadBalancingV2::LoadBalancer", ChangeKind.Replaced) => [$"{change.LogicalId} gets another DNS name."],
        ("AWS::ElasticLoadBalancingV2::TargetGroup", ChangeKind.Replaced) =>
            [$"{change.LogicalId} is replaced: nothing answers behind it until the new tasks are well."],
        (Target, ChangeKind.Created) when ServiceOf(change, all) is ChangeKind.Unchanged or ChangeKind.Changed =>
            [$"{change.LogicalId}: from now on the number of tasks is autoscaling's, beginning with what it is."],
        (Target, ChangeKind.Deleted) when ServiceOf(change, all) is ChangeKind.Unchanged or ChangeKind.Changed =>
            [$"{change.LogicalId} goes: the number of tasks stays as it is unless the file has a count."],
        _ => [],
    };

    private static ChangeKind? ServiceOf(ResourceChange target, ImmutableArray<ResourceChange> all) =>
        all.FirstOrDefault(c => c.LogicalId == Service + target.LogicalId[Scaled.Length..])?.Kind;
}
