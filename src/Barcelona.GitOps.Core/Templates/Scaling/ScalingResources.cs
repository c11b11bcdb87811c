using System.Text.Json.Nodes;
using Barcelona.GitOps.Core.Manifest;
using Barcelona.GitOps.Core.Templates.Routing;

namespace Barcelona.GitOps.Core.Templates.Scaling;

/// <summary>
/// What moves a service's number of tasks between two bounds: the target, and a policy for each metric that is tracked. AWS adds tasks when one of
/// the policies asks for it, and takes some away when all do. The role is the one that Application Auto Scaling makes for itself.
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-autoscaling-targettracking.html
/// </summary>
internal static class ScalingResources
{
    public static IEnumerable<KeyValuePair<string, JsonNode?>> Of(ServiceShape service)
    {
        if (service.Manifest.Autoscaling is not { } scaling)
        {
            yield break;
        }

        yield return new(LogicalIds.Scaling(service.Name), Target(service, scaling));
        if (scaling.Cpu is { } cpu)
        {
            yield return Policy(LogicalIds.CpuPolicy(service.Name), service, Average("CPU"), cpu);
        }

        if (scaling.Memory is { } memory)
        {
            yield return Policy(LogicalIds.MemoryPolicy(service.Name), service, Average("Memory"), memory);
        }

        // The metric belongs to a target group: behind several listeners the number is kept for each of them.
        foreach (var route in scaling.Requests is null ? [] : service.Routes)
        {
            yield return Policy(LogicalIds.RequestsPolicy(route.Slot), service, Requests(route), scaling.Requests ?? 0);
        }
    }

    private static JsonObject Target(ServiceShape service, Autoscaling scaling) => Cfn.Resource("AWS::ApplicationAutoScaling::ScalableTarget", new()
    {
        ["ServiceNamespace"] = "ecs",
        ["ScalableDimension"] = "ecs:service:DesiredCount",
        ["ResourceId"] = Cfn.Sub($"service/${{{StackKeys.ClusterParameter}}}/${{{service.LogicalId}.Name}}"),
        ["MinCapacity"] = scaling.Min,
        ["MaxCapacity"] = scaling.Max,
    });

    private static KeyValuePair<string, JsonNode?> Policy(string id, ServiceShape service, JsonObject metric, int value) =>
        new(id, Cfn.Resource("AWS::ApplicationAutoScaling::ScalingPolicy", new()
        {
            // Unique on its target, which is replaced with the service: the name is in nobody's way.
            ["PolicyName"] = id,
            ["PolicyType"] = "TargetTrackingScaling",
            ["ScalingTargetId"] = Cfn.Ref(LogicalIds.Scaling(service.Name)),
            ["TargetTrackingScalingPolicyConfiguration"] = new JsonObject { ["PredefinedMetricSpecification"] = metric, ["TargetValue"] = value },
        }));

    private static JsonObject Average(string what) => new() { ["PredefinedMetricType"] = $"ECSServiceAverage{what}Utilization" };

    private static JsonObject Requests(Route route) => new()
    {
        ["PredefinedMetricType"] = "ALBRequestCountPerTarget",
        ["ResourceLabel"] = Cfn.Join("/", [.. BalancerOf(route), Cfn.GetAtt(LogicalIds.TargetGroup(route.Slot), "TargetGroupFullName")]),
    };

    /// <summary>
    /// <c>app/name/id</c>, out of its listener's ARN, <c>…:listener/app/name/id/listener</c>: for made endpoints and existing ones alike.
    /// </summary>
    private static IEnumerable<JsonNode> BalancerOf(Route route) =>
        Enumerable.Range(1, 3).Select(part => Cfn.Select(part, Cfn.Split("/", Cfn.Ref(LogicalIds.HttpListener(route.EndpointName)))));
}
