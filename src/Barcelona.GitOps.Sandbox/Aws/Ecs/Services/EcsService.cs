using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.Ecs.Definitions;
using Barcelona.GitOps.Sandbox.Aws.Ecs.Tasks;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.Ecs.Services;

internal sealed class EcsService(EcsCluster cluster, string name, string arn)
{
    public EcsCluster Cluster { get; } = cluster;

    public string Name { get; } = name;

    public string Arn { get; } = arn;

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The parameters of CreateService as UpdateService has changed them.</summary>
    public required JsonObject Settings { get; init; }

    public required string TaskDefinitionArn { get; set; }

    public int DesiredCount { get; set; }

    /// <summary>ACTIVE, DRAINING or INACTIVE.</summary>
    public string Status { get; set; } = "ACTIVE";

    public List<JsonObject> Tags { get; set; } = [];

    /// <summary>The primary one first, then those that still have tasks.</summary>
    public List<EcsDeployment> Deployments { get; } = [];

    /// <summary>All that there were, newest first.</summary>
    public List<EcsDeployment> History { get; } = [];

    /// <summary>Newest first, at most a hundred.</summary>
    public List<JsonObject> Events { get; } = [];

    public EcsDeployment? Primary => Deployments.Find(deployment => deployment.Status == "PRIMARY");

    public IEnumerable<EcsTask> Tasks => Cluster.Tasks.Where(task => task.Deployment?.Service == this);

    public IEnumerable<string> TargetGroups => Settings.Objects("loadBalancers").Select(balancer => balancer.Text("targetGroupArn")).OfType<string>();

    public int MinimumPercent => Settings.Object("deploymentConfiguration")?.Number("minimumHealthyPercent") ?? 100;

    public int MaximumPercent => Settings.Object("deploymentConfiguration")?.Number("maximumPercent") ?? 200;

    public JsonObject? CircuitBreaker =>
        Settings.Object("deploymentConfiguration")?.Object("deploymentCircuitBreaker") is { } breaker && breaker.Flag("enable") ? breaker : null;

    public JsonObject? Alarms =>
        Settings.Object("deploymentConfiguration")?.Object("alarms") is { } alarms && alarms.Flag("enable") ? alarms : null;

    /// <summary>Half the desired count, but at least 3 and at most 200.</summary>
    public int BreakerThreshold => Math.Clamp((DesiredCount + 1) / 2, 3, 200);

    public string LaunchType
    {
        get
        {
            var providers = Settings.Objects("capacityProviderStrategy").Select(item => item.Text("capacityProvider") ?? "").ToList();
            if (providers.Count > 0) return providers[0].StartsWith("FARGATE", StringComparison.Ordinal) ? "FARGATE" : "EC2";
            return Settings.Text("launchType") ?? "EC2";
        }
    }

    public bool HasHealthCheck(TaskDefinitionRevision definition) =>
        TargetGroups.Any() || definition.Containers.Any(container => container["healthCheck"] is JsonObject);

    public void Say(DateTimeOffset now, string message)
    {
        var entry = new JsonObject { ["id"] = Guid.NewGuid().ToString(), ["createdAt"] = now.Seconds(), ["message"] = $"(service {Name}) {message}" };
        Events.Insert(0, entry);
        if (Events.Count > 100) Events.RemoveAt(100);
    }
}
