using System.Text.Json.Nodes;
using Barcelona.GitOps.Core.Districts;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Templates.Districts.Instances;

namespace Barcelona.GitOps.Core.Templates.Access.Grants;

/// <summary>ECS and Auto Scaling: the district's cluster, its services, and the groups of machines.</summary>
internal static class ClusterGrants
{
    public static IEnumerable<JsonObject> Of(GrantScope scope)
    {
        var cluster = scope.District.Cluster is Cluster.Existing existing ? existing.Name : DistrictNames.Made(scope.Name, ClusterResources.Cluster);
        yield return Iam.Allow(
            Iam.Actions("ecs", "CreateService", "DeleteService", "DescribeServices", "ListServiceDeployments", "ListTagsForResource",
                "TagResource", "UntagResource", "UpdateService"),
            scope.Arn("ecs", $"service/{cluster}/*"));
        yield return Iam.Allow(["ecs:DescribeServiceDeployments", "ecs:StopServiceDeployment"], scope.Arn("ecs", $"service-deployment/{cluster}/*"));
        yield return Iam.Allow(["ecs:DescribeServiceRevisions"], scope.Arn("ecs", $"service-revision/{cluster}/*"));
        yield return Iam.Allow(["ecs:DescribeTasks", "ecs:StopTask"], scope.Arn("ecs", $"task/{cluster}/*"));

        // What runs before a deploy: of this district's families only, and tagged as it is started.
        yield return Iam.Allow(["ecs:RunTask"], scope.Arn("ecs", $"task-definition/{TaskFamily.PatternOf(scope.Name)}:*"))
            .If("ArnLike", "ecs:cluster", ClusterArn(scope, cluster));
        yield return Iam.Allow(["ecs:TagResource"], scope.Arn("ecs", $"task/{cluster}/*")).If("StringEquals", "ecs:CreateAction", "RunTask");
        yield return Iam.Allow(["ecs:ListTasks"], "*").If("ArnLike", "ecs:cluster", ClusterArn(scope, cluster));
        if (scope.District.Cluster is Cluster.Existing)
        {
            yield break;
        }

        yield return Iam.Allow(
            Iam.Actions("ecs", "CreateCluster", "DeleteCluster", "DescribeClusters", "ListTagsForResource", "PutClusterCapacityProviders",
                "TagResource", "UntagResource", "UpdateCluster", "UpdateClusterSettings"),
            scope.Arn("ecs", $"cluster/{cluster}"));
        yield return Iam.Allow(
            Iam.Actions("ecs", "CreateCapacityProvider", "DeleteCapacityProvider", "DescribeCapacityProviders", "ListTagsForResource", "TagResource",
                "UntagResource", "UpdateCapacityProvider"),
            scope.Arn("ecs", $"capacity-provider/{DistrictNames.Made(scope.Name, "CapacityProvider")}"));
    }

    public static IEnumerable<JsonObject> OfGroups(GrantScope scope) =>
    [
        Iam.Allow(
            Iam.Actions("autoscaling", "CreateAutoScalingGroup", "CreateOrUpdateTags", "DeleteAutoScalingGroup", "DeleteLifecycleHook",
                "DeletePolicy", "DeleteTags", "PutLifecycleHook", "PutScalingPolicy", "ResumeProcesses", "SetDesiredCapacity", "SuspendProcesses",
                "TerminateInstanceInAutoScalingGroup", "UpdateAutoScalingGroup"),
            scope.Arn("autoscaling", $"autoScalingGroup:*:autoScalingGroupName/{DistrictNames.Made(scope.Name, "InstanceGroup")}"),
            scope.Arn("autoscaling", $"autoScalingGroup:*:autoScalingGroupName/{DistrictNames.Made(scope.Name, "BastionGroup")}")),
        scope.Anywhere(
            Iam.Actions("autoscaling", "DescribeAutoScalingGroups", "DescribeAutoScalingInstances", "DescribeLifecycleHooks", "DescribeLoadBalancers",
                "DescribeLoadBalancerTargetGroups", "DescribeNotificationConfigurations", "DescribePolicies", "DescribeScalingActivities",
                "DescribeTags", "DescribeTrafficSources")),
    ];

    private static string ClusterArn(GrantScope scope, string cluster) =>
        $"arn:*:ecs:{scope.District.Region}:{scope.District.Account}:cluster/{cluster}";
}
