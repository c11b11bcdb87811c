using System.Text.Json.Nodes;
using Barcelona.GitOps.Core.Districts;
using Barcelona.GitOps.Core.Templates.Districts.Instances;

namespace Barcelona.GitOps.Core.Templates.Access.Grants;

/// <summary>
/// Application Auto Scaling of services, and the alarms that it and deployments go by. Its targets have ids of AWS's own: they are bound to ECS, and
/// to the district by what they name, because whoever registers a service must be allowed to change it.
/// https://docs.aws.amazon.com/autoscaling/application/userguide/security_iam_id-based-policy-examples.html
/// </summary>
internal static class ScalingGrants
{
    public static IEnumerable<JsonObject> Of(GrantScope scope)
    {
        var cluster = scope.District.Cluster is Cluster.Existing existing ? existing.Name : DistrictNames.Made(scope.Name, ClusterResources.Cluster);
        var targets = scope.Arn("application-autoscaling", "scalable-target/*");
        yield return scope.Anywhere(
            [
                .. Iam.Actions("application-autoscaling", "DescribeScalableTargets", "DescribeScalingPolicies", "DescribeScheduledActions"),
                .. Iam.Actions("cloudwatch", "DescribeAlarms", "GetMetricData"),
            ]);
        yield return Iam.Allow(
            Iam.Actions("application-autoscaling", "DeleteScalingPolicy", "DeregisterScalableTarget", "PutScalingPolicy", "RegisterScalableTarget"),
            targets).If("StringEquals", "application-autoscaling:service-namespace", "ecs");
        yield return Iam.Allow(["application-autoscaling:ListTagsForResource"], targets.DeepClone());
        yield return scope.Tagging("application-autoscaling:TagResource", targets.DeepClone());
        yield return scope.Ours(["application-autoscaling:UntagResource"], targets.DeepClone());
        yield return Iam.Allow(
            Iam.Actions("cloudwatch", "DeleteAlarms", "PutMetricAlarm"), scope.Arn("cloudwatch", $"alarm:TargetTracking-service/{cluster}/*"));
    }
}
