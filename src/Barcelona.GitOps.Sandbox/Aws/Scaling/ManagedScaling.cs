using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.Scaling;

/// <summary>A capacity provider that adds an instance for tasks that have no place.</summary>
internal static class ManagedScaling
{
    /// <summary>False: nothing can be added; otherwise <paramref name="added"/> is called when one more is there.</summary>
    public static bool TryGrow(AwsRegion region, string provider, Action added)
    {
        var settings = region.Inventory.Find("AWS::ECS::CapacityProvider", provider)?.Properties.Object("AutoScalingGroupProvider");
        var known = region.Inventory.Find("AWS::AutoScaling::AutoScalingGroup", settings?.Text("AutoScalingGroupArn") ?? "");
        if (settings?.Object("ManagedScaling")?.Text("Status") != "ENABLED" || known is null
            || !region.Scaling.Groups.TryGetValue(known.Id, out var group) || group.Instances.Count >= group.Most)
            return false;
        region.Timeline.After(region.Timings.InstanceStart, () =>
        {
            if (group.Instances.Count < group.Most) new InstanceFleet(region, group).Launch();
            added();
        });
        return true;
    }
}
