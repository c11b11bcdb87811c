using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Barcelona.GitOps.Sandbox.Aws.CloudFormation.Resources.Rules;
using Barcelona.GitOps.Sandbox.Aws.Ecs.Tasks;
using Barcelona.GitOps.Sandbox.Aws.Inventory;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.Scaling;

/// <summary>
/// Launches and ends a group's instances. One joins the cluster that its user data names, if it has a role to do so with: a launch template
/// that forgets either leaves its cluster empty, here as in AWS.
/// </summary>
internal sealed partial class InstanceFleet(AwsRegion region, ScalingGroup group)
{
    public void Resize()
    {
        while (group.Instances.Count < group.Wanted) Launch();
        while (group.Instances.Count > group.Wanted) End(group.Instances[0]);
    }

    /// <summary>A rolling update: new ones beside the old before those go.</summary>
    public void Roll()
    {
        foreach (var old in group.Instances.ToList())
        {
            Launch();
            End(old);
        }
    }

    public void EndAll() => group.Instances.ToList().ForEach(End);

    public void Launch()
    {
        var named = ScalingRules.Specification(group.Properties)?.Text("LaunchTemplateId") ?? "";
        var template = region.Inventory.Find("AWS::EC2::LaunchTemplate", named);
        var data = template?.Properties.Object("LaunchTemplateData") ?? [];
        var subnets = group.Properties.Texts("VPCZoneIdentifier").ToList();
        var id = "i-0" + Identifiers.Hex(16);
        region.Inventory.Add(new KnownResource("AWS::EC2::Instance", id)
        {
            Owner = group.Name,
            IsReady = true,
            Tags = [.. group.Properties.Objects("Tags")],
            Properties = new JsonObject
            {
                ["ImageId"] = data.Text("ImageId"),
                ["InstanceType"] = data.Text("InstanceType"),
                ["SubnetId"] = subnets[group.Instances.Count % subnets.Count],
                ["SecurityGroupIds"] = data.Texts("SecurityGroupIds").ToJsonArray(),
            },
        });
        var cluster = Cluster(data);
        var member = region.Arn("ecs", $"container-instance/{cluster}/{Identifiers.Hex(32)}");
        if (cluster is not null) region.Ecs.Clusters[cluster].Instances.Add(member);
        group.Instances.Add(new GroupInstance(id, cluster, member));
    }

    private void End(GroupInstance instance)
    {
        group.Instances.Remove(instance);
        if (region.Inventory.Find("AWS::EC2::Instance", instance.InstanceId) is { } known) region.Inventory.Remove(known);
        if (instance.Cluster is null || !region.Ecs.Clusters.TryGetValue(instance.Cluster, out var cluster)) return;
        cluster.Instances.Remove(instance.ContainerInstanceArn);
        foreach (var task in cluster.Tasks.Where(task => task.ContainerInstanceArn == instance.ContainerInstanceArn).ToList())
            new TaskLifecycle(region).Stop(task, "TerminationNotice", $"Host EC2 (instance {instance.InstanceId}) terminated.");
    }

    private string? Cluster(JsonObject data)
    {
        if (data.Text("UserData") is not { } userData || data.Object("IamInstanceProfile") is null) return null;
        var match = ClusterSetting().Match(Encoding.UTF8.GetString(Convert.FromBase64String(userData)));
        return match.Success && region.Ecs.Clusters.ContainsKey(match.Groups[1].Value) ? match.Groups[1].Value : null;
    }

    [GeneratedRegex("ECS_CLUSTER=[\"']?([A-Za-z0-9_-]+)")]
    private static partial Regex ClusterSetting();
}
