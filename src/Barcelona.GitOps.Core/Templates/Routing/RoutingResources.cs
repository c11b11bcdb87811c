using System.Text.Json.Nodes;
using Barcelona.GitOps.Core.Manifest;

namespace Barcelona.GitOps.Core.Templates.Routing;

/// <summary>What leads requests to a service: per listener a target group and one rule on each of the endpoint's listeners.</summary>
internal static class RoutingResources
{
    /// <summary>Seconds that a stopping task still gets to answer what it has begun, as in the original.</summary>
    private const string DeregistrationDelay = "60";

    /// <summary>Seconds; what a load balancer takes for HTTP when none is given.</summary>
    private const int DefaultTimeout = 5;

    public static IEnumerable<KeyValuePair<string, JsonNode?>> Of(ServiceShape service)
    {
        foreach (var route in service.Routes)
        {
            var forward = new JsonObject { ["Type"] = "forward", ["TargetGroupArn"] = Cfn.Ref(LogicalIds.TargetGroup(route.Slot)) };
            var http = service.Manifest.ForceSsl ? RedirectToHttps() : forward.DeepClone();
            yield return new(LogicalIds.TargetGroup(route.Slot), TargetGroup(service, route.Listener));
            yield return new(LogicalIds.HttpRule(route.Slot), Rule(route, LogicalIds.HttpListener(route.EndpointName), http));
            if (route.Endpoint.HttpsListenerArn is not null)
            {
                yield return new(LogicalIds.HttpsRule(route.Slot), Rule(route, LogicalIds.HttpsListener(route.EndpointName), forward));
            }
        }
    }

    /// <summary>Rules that must exist before the service: ECS refuses a target group that no load balancer knows.</summary>
    public static IEnumerable<string> RulesOf(ServiceShape service) => service.Routes
        .SelectMany(r => new[] { LogicalIds.HttpRule(r.Slot), r.Endpoint.HttpsListenerArn is null ? null : LogicalIds.HttpsRule(r.Slot) })
        .OfType<string>()
        .Order(StringComparer.Ordinal);

    private static JsonObject TargetGroup(ServiceShape service, Listener listener)
    {
        var properties = new JsonObject
        {
            ["VpcId"] = Cfn.Ref(StackKeys.VpcParameter),
            ["Protocol"] = "HTTP",

            // Only a default: ECS registers each task with the port that it really has.
            ["Port"] = 80,
            ["TargetType"] = service.HasOwnInterface ? "ip" : "instance",
            ["HealthCheckPath"] = listener.HealthCheckPath,
            ["HealthCheckIntervalSeconds"] = listener.HealthCheckInterval,
            ["HealthyThresholdCount"] = listener.HealthyThresholdCount,
            ["Matcher"] = new JsonObject { ["HttpCode"] = "200-299" },
            ["TargetGroupAttributes"] = new JsonArray(
                new JsonObject { ["Key"] = "deregistration_delay.timeout_seconds", ["Value"] = DeregistrationDelay }),
        };
        if (listener.HealthCheckTimeout is { } timeout)
        {
            properties["HealthCheckTimeoutSeconds"] = timeout;
        }
        else if (listener.HealthCheckInterval <= DefaultTimeout)
        {
            // The default would not be shorter than the interval, which the load balancer refuses.
            properties["HealthCheckTimeoutSeconds"] = listener.HealthCheckInterval - 1;
        }

        if (listener.UnhealthyThresholdCount is { } unhealthy)
        {
            properties["UnhealthyThresholdCount"] = unhealthy;
        }

        return new() { ["Type"] = "AWS::ElasticLoadBalancingV2::TargetGroup", ["Properties"] = properties };
    }

    private static JsonObject Rule(Route route, string listenerParameter, JsonNode action) => new()
    {
        ["Type"] = "AWS::ElasticLoadBalancingV2::ListenerRule",
        ["Properties"] = new JsonObject
        {
            ["ListenerArn"] = Cfn.Ref(listenerParameter),
            ["Priority"] = Cfn.Ref(LogicalIds.Priority(route.Slot)),
            ["Conditions"] = new JsonArray([.. RuleConditions.Of(route.Listener)]),
            ["Actions"] = new JsonArray(action),
        },
    };

    private static JsonObject RedirectToHttps() => new()
    {
        ["Type"] = "redirect",
        ["RedirectConfig"] = new JsonObject { ["Protocol"] = "HTTPS", ["Port"] = "443", ["StatusCode"] = "HTTP_301" },
    };
}
