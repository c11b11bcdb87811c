using System.Text.Json.Nodes;
using Barcelona.GitOps.Core.Manifest;
using Barcelona.GitOps.Core.Templates.Ports;
using Barcelona.GitOps.Core.Templates.Routing;
using Barcelona.GitOps.Core.Templates.Tasks;

namespace Barcelona.GitOps.Core.Templates;

/// <summary>The ECS service of a service. It has no name of its own: a named resource cannot be replaced.</summary>
internal static class ServiceResource
{
    public static JsonObject Of(ServiceShape service, ReleaseShape release)
    {
        var manifest = service.Manifest;
        var properties = new JsonObject
        {
            ["Cluster"] = Cfn.Ref(StackKeys.ClusterParameter),
            ["TaskDefinition"] = Cfn.Ref(LogicalIds.TaskDefinition(service.Name)),
            ["DeploymentConfiguration"] = DeploymentConfiguration(manifest.Deployment),
            ["EnableExecuteCommand"] = true,
            ["EnableECSManagedTags"] = true,
            ["PropagateTags"] = "SERVICE",

            // Also where there are none: CloudFormation keeps load balancers that a template does not mention.
            // https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecs-service.html#cfn-ecs-service-loadbalancers
            ["LoadBalancers"] = new JsonArray(),
        };
        TaskPlacement.AddTo(properties, service, release);
        if (manifest.Count is { } count && manifest.Autoscaling is null)
        {
            // Only a number that the file fixes: any other would undo autoscaling, or a person's hand, at every deploy.
            properties["DesiredCount"] = count;
        }

        var resource = new JsonObject { ["Type"] = "AWS::ECS::Service", ["Properties"] = properties };
        if (service.IsBalanced)
        {
            AddRoutes(resource, properties, service);
        }

        return resource;
    }

    private static void AddRoutes(JsonObject resource, JsonObject properties, ServiceShape service)
    {
        var routes = service.Routes.OrderBy(r => r.Slot, StringComparer.Ordinal).Select(r => new JsonObject
        {
            ["ContainerName"] = service.Name,
            ["ContainerPort"] = service.Manifest.WebContainerPort,
            ["TargetGroupArn"] = Cfn.Ref(LogicalIds.TargetGroup(r.Slot)),
        });
        properties["LoadBalancers"] = new JsonArray([.. routes, .. PortResources.LoadBalancersOf(service)]);
        properties["HealthCheckGracePeriodSeconds"] = (int)(service.Manifest.Deployment.GracePeriod ?? TimeSpan.Zero).TotalSeconds;

        resource["DependsOn"] = Cfn.Strings(
            RoutingResources.RulesOf(service).Concat(PortResources.ListenersOf(service)).Order(StringComparer.Ordinal));
    }

    private static JsonObject DeploymentConfiguration(DeploymentSettings settings)
    {
        return new()
        {
            ["DeploymentCircuitBreaker"] = new JsonObject { ["Enable"] = true, ["Rollback"] = true },
            ["MinimumHealthyPercent"] = settings.MinimumHealthyPercent,
            ["MaximumPercent"] = settings.MaximumPercent,

            // Also where there are none: ECS keeps alarms that an update does not mention. https://github.com/aws/copilot-cli/pull/4565
            ["Alarms"] = new JsonObject
            {
                ["AlarmNames"] = Cfn.Strings(settings.Alarms.Order(StringComparer.Ordinal)),
                ["Enable"] = !settings.Alarms.IsEmpty,
                ["Rollback"] = !settings.Alarms.IsEmpty,
            },
        };
    }
}
