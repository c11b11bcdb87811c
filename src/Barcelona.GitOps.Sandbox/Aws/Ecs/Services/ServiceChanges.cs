using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.Scaling;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.Ecs.Services;

/// <summary>Creating, changing and deleting services, for the API and for CloudFormation alike.</summary>
internal sealed class ServiceChanges(AwsRegion region)
{
    /// <summary>Parameters whose change needs new tasks.</summary>
    private static readonly string[] Redeploying =
    [
        "capacityProviderStrategy", "networkConfiguration", "platformVersion", "loadBalancers", "serviceRegistries", "enableExecuteCommand",
        "enableECSManagedTags", "propagateTags", "serviceConnectConfiguration", "volumeConfigurations",
    ];

    public EcsService Create(JsonObject request)
    {
        var cluster = region.Ecs.Cluster(request.Text("cluster"));
        var name = request.Text("serviceName") ?? "";
        if (cluster.Services.TryGetValue(name, out var known) && known.Status != "INACTIVE")
            throw new AwsErrorException("InvalidParameterException", "Creation of service was not idempotent.");
        var definition = region.Ecs.Definitions.GetActive(request.Text("taskDefinition"));
        // Neither a launch type nor a strategy: the cluster's own.
        if (request.Text("launchType") is null && !CapacityStrategies.Of(request).Any() && cluster.DefaultStrategy.Count > 0)
            request["capacityProviderStrategy"] = cluster.DefaultStrategy.Select(item => item.Copy()).ToJsonArray();
        CapacityStrategies.Check(cluster, CapacityStrategies.Of(request));
        region.Ecs.Alarms.CheckKnown(request);
        CheckLoadBalancers(request, definition.Containers.Select(container => container.Text("name") ?? "").ToHashSet());
        var service = cluster.Services[name] = new EcsService(cluster, name, region.Arn("ecs", $"service/{cluster.Name}/{name}"))
        {
            CreatedAt = region.Now,
            Settings = request.Copy(),
            TaskDefinitionArn = definition.Arn,
            // Left out it is one, for REPLICA.
            DesiredCount = request.Number("desiredCount") ?? 1,
            Tags = [.. request.Objects("tags").Select(tag => tag.Copy())],
        };
        Deploy(service);
        return service;
    }

    /// <summary>Returns the deployment that the change has begun, or null when it needs no new tasks.</summary>
    public EcsDeployment? Update(EcsService service, JsonObject request)
    {
        CapacityStrategies.Check(service.Cluster, CapacityStrategies.Of(request));
        region.Ecs.Alarms.CheckKnown(request);
        if (service.Status != "ACTIVE") throw new AwsErrorException("ServiceNotActiveException", "Service was not ACTIVE.");
        var definition = request.Text("taskDefinition") is { } reference ? region.Ecs.Definitions.Get(reference).Arn : service.TaskDefinitionArn;
        if (definition != service.TaskDefinitionArn) region.Ecs.Definitions.GetActive(definition);
        var redeploys = definition != service.TaskDefinitionArn || request.Flag("forceNewDeployment")
            || Redeploying.Any(name => request.ContainsKey(name) && !JsonNode.DeepEquals(Given(request[name]), Given(service.Settings[name])));
        foreach (var (name, value) in request)
        {
            if (name is not ("cluster" or "service" or "taskDefinition" or "forceNewDeployment" or "tags"))
                service.Settings[name] = name == "deploymentConfiguration" ? Merged(service, value) : value?.DeepClone();
        }
        if (request.Number("desiredCount") is { } count) service.DesiredCount = count;
        service.TaskDefinitionArn = definition;
        var begun = redeploys ? Deploy(service) : null;
        new ServiceScheduler(region, service).Look();
        return begun;
    }

    public void Delete(EcsService service, bool force)
    {
        if (service.Status == "INACTIVE") return;
        if (!force && service.DesiredCount > 0)
            throw new AwsErrorException("InvalidParameterException", "The service cannot be stopped while it is scaled above 0.");
        service.Status = "DRAINING";
        service.DesiredCount = 0;
        new ServiceScheduler(region, service).Look();
    }

    /// <summary>An empty list is as good as none.</summary>
    private static JsonNode? Given(JsonNode? value) => value is JsonArray { Count: 0 } ? null : value;

    /// <summary>What an update does not mention stays: alarms too. https://github.com/aws/copilot-cli/pull/4565</summary>
    private static JsonObject Merged(EcsService service, JsonNode? changes)
    {
        var merged = service.Settings.Object("deploymentConfiguration")?.Copy() ?? [];
        foreach (var (name, value) in changes as JsonObject ?? []) merged[name] = value?.DeepClone();
        return merged;
    }

    private EcsDeployment Deploy(EcsService service)
    {
        var previous = service.Primary;
        foreach (var old in service.Deployments) old.Status = "ACTIVE";
        var id = Identifiers.Letters(21);
        var revisionArn = region.Arn(
            "ecs", $"service-revision/{service.Cluster.Name}/{service.Name}/{Random.Shared.NextInt64(1_000_000_000_000_000_000, long.MaxValue)}");
        var record = new ServiceDeployment(region.Arn("ecs", $"service-deployment/{service.Cluster.Name}/{service.Name}/{id}"), region.Now)
        {
            TargetRevisionArn = revisionArn,
            SourceRevisionArn = previous?.RevisionArn,
        };
        var deployment = new EcsDeployment(service, service.TaskDefinitionArn, region.Now)
        {
            RevisionArn = revisionArn,
            Record = record,
            Watched = service.Alarms?.Texts("alarmNames").ToList() is { } alarms && !alarms.Exists(region.Ecs.Alarms.IsInAlarm) ? alarms : [],
        };
        deployment.RolloutStateReason = $"ECS deployment {deployment.Id} in progress.";
        service.Deployments.Insert(0, deployment);
        service.History.Insert(0, deployment);
        new ServiceScheduler(region, service).Look();
        return deployment;
    }

    private static void CheckLoadBalancers(JsonObject request, HashSet<string> containers)
    {
        foreach (var balancer in request.Objects("loadBalancers"))
        {
            if (!containers.Contains(balancer.Text("containerName") ?? ""))
                throw new AwsErrorException(
                    "InvalidParameterException", $"The container {balancer.Text("containerName")} does not exist in the task definition.");
        }
    }
}
