using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.Ecs.Tasks;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.LoadBalancing;

/// <summary>The targets of a group, as the tasks of the services that name it stand.</summary>
internal static class TargetHealth
{
    public static IEnumerable<JsonObject> Of(AwsRegion region, TargetGroup group) => region.Ecs.Clusters.Values
        .SelectMany(cluster => cluster.Tasks)
        .Where(task => task.StartedAt is not null && !task.IsStopped && task.Deployment?.Service.TargetGroups.Contains(group.Arn) == true)
        .Select((task, index) => Describe(region, group, task, index));

    private static JsonObject Describe(AwsRegion region, TargetGroup group, EcsTask task, int index) => new()
    {
        ["Target"] = group.Properties.Text("TargetType") == "ip"
            ? new JsonObject { ["Id"] = $"10.0.0.{10 + index}", ["Port"] = group.Properties.Number("Port") ?? 80 }
            : new JsonObject { ["Id"] = task.ContainerInstanceArn?.Split('/')[^1], ["Port"] = 32768 + index },
        ["HealthCheckPort"] = "traffic-port",
        ["TargetHealth"] = State(region, task, group),
    };

    private static JsonObject State(AwsRegion region, EcsTask task, TargetGroup group) => task switch
    {
        { IsLive: false } => Health("draining", "Target.DeregistrationInProgress", "Target deregistration is in progress"),
        _ when !region.Balancers.IsReachable(group.Arn) =>
            Health("unused", "Target.NotInUse", "Target group is not configured to receive traffic from the load balancer"),
        { PassesChecks: null } => Health("initial", "Elb.RegistrationInProgress", "Target registration is in progress"),
        { PassesChecks: true } => new JsonObject { ["State"] = "healthy" },
        _ => Health("unhealthy", task.Listens ? "Target.ResponseCodeMismatch" : "Target.FailedHealthChecks", WhyUnhealthy(task)),
    };

    /// <summary>As load balancers say it, and ECS after them.</summary>
    public static string WhyUnhealthy(EcsTask task) => task.Listens ? "Health checks failed with these codes: [502]" : "Health checks failed";

    private static JsonObject Health(string state, string reason, string description) =>
        new() { ["State"] = state, ["Reason"] = reason, ["Description"] = description };
}
