using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.Ecs.Services;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Resources.Types;

/// <summary>AWS::ECS::Service: done only when its deployment is, failed when the circuit breaker trips.</summary>
internal sealed class EcsServiceResource : IResourceHandler
{
    public ResourceProgress Create(ResourceRequest request)
    {
        var parameters = EcsProperties.ToParameters(request.Properties);
        parameters["serviceName"] ??= request.GeneratedName(255);
        parameters["tags"] = EcsProperties.Tags(request.Tags);
        TargetGroupsInUse(request, parameters);
        var service = new ServiceChanges(request.Region).Create(parameters);
        return Follow(service, service.Primary);
    }

    public ResourceProgress Update(ResourceRequest request)
    {
        var service = Find(request) ?? throw new AwsErrorException("ServiceNotFoundException", "Service not found.");
        var parameters = EcsProperties.ToParameters(request.Properties);
        // A count that the template no longer mentions stays as it is: something else may scale the service.
        parameters.Remove("cluster");
        parameters.Remove("serviceName");
        TargetGroupsInUse(request, parameters);
        service.Tags = [.. EcsProperties.Tags(request.Tags).OfType<JsonObject>().Select(tag => tag.Copy())];
        parameters.Remove("tags");
        var begun = new ServiceChanges(request.Region).Update(service, parameters);
        return Follow(service, begun ?? service.Primary);
    }

    public ResourceProgress Delete(ResourceRequest request)
    {
        if (Find(request) is not { } service || service.Status == "INACTIVE") return new ResourceProgress.Done(request.PhysicalId, []);
        new ServiceChanges(request.Region).Delete(service, force: true);
        return Drain(service);
    }

    private static ResourceProgress Drain(EcsService service) => service.Status == "INACTIVE"
        ? new ResourceProgress.Done(service.Arn, [])
        : new ResourceProgress.Working(service.Arn, [], () => Drain(service));

    private static ResourceProgress Follow(EcsService service, EcsDeployment? deployment)
    {
        var attributes = new JsonObject { ["Name"] = service.Name, ["ServiceArn"] = service.Arn };
        if (deployment is null)
            return new ResourceProgress.Failed("Resource handler returned message: \"Service was deleted.\" (HandlerErrorCode: NotFound)");
        // ECS goes back first, and CloudFormation hears of it when that is done. https://github.com/aws/containers-roadmap/issues/1205
        if (deployment.RolloutState == "FAILED" && deployment.Record.Status == "ROLLBACK_IN_PROGRESS")
            return new ResourceProgress.Working(service.Arn, attributes, () => Follow(service, deployment));
        if (deployment.RolloutState == "FAILED") return new ResourceProgress.Failed(Ended(deployment));
        // Somebody has deployed something else meanwhile: CloudFormation waits for the service to be stable, whatever it runs.
        var current = service.Primary ?? deployment;
        return current.RolloutState == "COMPLETED"
            ? new ResourceProgress.Done(service.Arn, attributes)
            : new ResourceProgress.Working(service.Arn, attributes, () => Follow(service, deployment));
    }

    private static string Ended(EcsDeployment deployment) =>
        "Resource handler returned message: \"Error occurred during operation 'ECS Deployment "
        + (deployment.Record.TriggeredAlarms.Count > 0 ? "Alarm was detected'.\" " : "Circuit Breaker was triggered'.\" ")
        + $"(RequestToken: {Guid.NewGuid()}, HandlerErrorCode: GeneralServiceException)";

    private static void TargetGroupsInUse(ResourceRequest request, JsonObject parameters)
    {
        var definition = request.Region.Ecs.Definitions.Get(parameters.Text("taskDefinition"));
        if (parameters.Objects("loadBalancers").Count() > 5)
            throw new AwsErrorException("InvalidParameterException", "loadBalancers can have at most 5 items.");
        foreach (var balancer in parameters.Objects("loadBalancers"))
        {
            var (container, port) = (balancer.Text("containerName"), balancer.Number("containerPort"));
            if (!definition.Containers.Any(known => known.Text("name") == container
                && known.Objects("portMappings").Any(mapping => mapping.Number("containerPort") == port)))
                throw new AwsErrorException("InvalidParameterException", $"The container {container} did not have a container port {port} defined.");
            var type = request.Region.Balancers.TargetGroup(balancer.Text("targetGroupArn") ?? "")?.Properties.Text("TargetType") ?? "instance";
            if (type == "ip" != (definition.Content.Text("networkMode") == "awsvpc"))
                throw new AwsErrorException("InvalidParameterException",
                    $"The provided target group {balancer.Text("targetGroupArn")} has target type {type}, which is incompatible with the "
                    + "network mode specified in the task definition.");
        }
        foreach (var group in parameters.Objects("loadBalancers").Select(balancer => balancer.Text("targetGroupArn") ?? ""))
        {
            if (request.Region.Balancers.TargetGroup(group) is null)
                throw new AwsErrorException("InvalidParameterException", $"The target group {group} does not exist.");
            if (!request.Region.Balancers.IsReachable(group))
                throw new AwsErrorException(
                    "InvalidParameterException", $"The target group with targetGroupArn {group} does not have an associated load balancer.");
        }
    }

    private static EcsService? Find(ResourceRequest request)
    {
        var parts = request.PhysicalId.Split('/');
        return parts.Length == 3 ? request.Region.Ecs.Clusters.GetValueOrDefault(parts[1])?.Services.GetValueOrDefault(parts[2]) : null;
    }
}
