using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.CloudFormation.Resources;
using Barcelona.GitOps.Sandbox.Aws.CloudFormation.Resources.Shapes;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.Scaling;

/// <summary>AWS::ApplicationAutoScaling::ScalingPolicy: a metric that a registered target is kept at.</summary>
internal sealed class ScalingPolicyResource : IResourceHandler
{
    public ResourceProgress Create(ResourceRequest request) => Put(request, PhysicalIds.Of(request));

    public ResourceProgress Update(ResourceRequest request) => Put(request, request.PhysicalId);

    public ResourceProgress Delete(ResourceRequest request)
    {
        foreach (var target in request.Region.Scaling.Targets.Values) target.Policies.Remove(request.PhysicalId);
        return new ResourceProgress.Done(request.PhysicalId, []);
    }

    private static ResourceProgress.Done Put(ResourceRequest request, string arn)
    {
        var target = request.Region.Scaling.Targets.GetValueOrDefault(request.Properties.Text("ScalingTargetId")?.Split('|')[0] ?? "")
            ?? throw new AwsErrorException("ObjectNotFoundException", "No scalable target registered for the resource");
        var configuration = request.Properties.Object("TargetTrackingScalingPolicyConfiguration") ?? [];
        var metric = configuration.Object("PredefinedMetricSpecification");
        var wanted = new TrackedMetric(
            metric?.Text("PredefinedMetricType") ?? "", metric?.Text("ResourceLabel"), configuration.Number("TargetValue") ?? 0);
        Check(request, wanted);
        if (target.Policies.Any(policy => policy.Key != arn && (policy.Value.Metric, policy.Value.Label) == (wanted.Metric, wanted.Label)))
            throw AwsErrorException.Validation("Only one TargetTrackingScaling policy for a given metric specification is allowed.");
        target.Policies[arn] = wanted;
        return new ResourceProgress.Done(arn, new JsonObject { ["Arn"] = arn });
    }

    private static void Check(ResourceRequest request, TrackedMetric metric)
    {
        if (request.Properties.Text("PolicyType") != "TargetTrackingScaling" || metric.Value <= 0)
            throw AwsErrorException.Validation("A target tracking policy needs a metric and a value above zero");
        switch (metric.Metric)
        {
            case "ECSServiceAverageCPUUtilization" or "ECSServiceAverageMemoryUtilization" when metric.Label is null:
                break;
            case "ALBRequestCountPerTarget" when IsJoined(request.Region, metric.Label ?? ""):
                break;
            default:
                throw AwsErrorException.Validation($"Invalid resource label or metric type: {metric.Metric} {metric.Label}");
        }
    }

    /// <summary>The load balancer exists, and one of its rules leads to the group.</summary>
    private static bool IsJoined(AwsRegion region, string label)
    {
        var parts = label.Split("/targetgroup/");
        var group = region.Balancers.TargetGroups.Find(known => known.Arn.EndsWith($":targetgroup/{parts[^1]}", StringComparison.Ordinal));
        return parts.Length == 2 && group is not null && region.Balancers.BalancersOf(group.Arn)
            .Any(balancer => balancer.EndsWith($":loadbalancer/{parts[0]}", StringComparison.Ordinal));
    }
}
