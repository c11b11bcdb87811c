using System.Text.Json.Nodes;
using Barcelona.GitOps.Core.Districts;
using Barcelona.GitOps.Core.Templates.Access;

namespace Barcelona.GitOps.Core.Templates.Districts.Instances;

/// <summary>The instances of a made cluster.</summary>
internal static class ContainerInstances
{
    public const string Id = "Instance";

    private const int VolumeSize = 100;

    private const string Here = "arn:${AWS::Partition}:ecs:${AWS::Region}:${AWS::AccountId}";

    // ECS puts it there itself; without it in the template an update would take it away.
    private const string EcsTag = "AmazonECSManaged";

    public static MachineGroup Of(DistrictContext context, Cluster.Made made) => new()
    {
        Id = Id,
        Role = DistrictStackKeys.InstanceRole,
        Types = made.InstanceTypes,
        ImageParameter = DistrictStackKeys.ClusterImageParameter(made.IsArm),
        VolumeSize = VolumeSize,
        UserData = InstanceUserData.Of(),
        Subnets = context.Network.TaskSubnets(),
        WaysOut = context.Network.TaskWaysOut,
        SecurityGroup = context.Network.InstanceGroup(),
        HasPublicAddress = context.Network.HasPublicTasks,
        Min = made.Min,
        MinParameter = DistrictStackKeys.InstanceMinParameter,
        Max = made.Max,
        Policies = [Agent(), SessionAccess.Policy()],
        OtherTags = [EcsTag],
    };

    /// <summary>
    /// What the ECS agent does, in this cluster only. Images are pulled and logs written by the tasks' execution roles, never by this one.
    /// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/instance_IAM_role.html
    /// </summary>
    private static JsonObject Agent() => Iam.Policy("agent",
        Iam.Allow(["ecs:DiscoverPollEndpoint"], "*"),
        Iam.Allow(
            Iam.Actions("ecs", "RegisterContainerInstance", "DeregisterContainerInstance", "SubmitAttachmentStateChanges",
                "SubmitContainerStateChange", "SubmitTaskStateChange"),
            Cfn.GetAtt(ClusterResources.Cluster, "Arn")),
        Iam.Allow(
            Iam.Actions("ecs", "Poll", "StartTelemetrySession", "UpdateContainerInstancesState"),
            Cfn.Sub($"{Here}:container-instance/${{{ClusterResources.Cluster}}}/*")),
        Iam.Allow(["ecs:TagResource"], Cfn.Sub($"{Here}:container-instance/${{{ClusterResources.Cluster}}}/*"))
            .If("StringEquals", "ecs:CreateAction", "RegisterContainerInstance"));
}
