using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.Ecs.Tasks;
using Barcelona.GitOps.Sandbox.Aws.Scaling;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.Ecs.Api;

/// <summary>RunTask, for whoever calls it and for the scheduler.</summary>
internal static class RunTaskOperation
{
    /// <summary>
    /// The first that is over ends a token's life: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/ECS_Idempotency.html
    /// </summary>
    private static readonly TimeSpan TokenKept = TimeSpan.FromHours(24), KeptAfterEnd = TimeSpan.FromHours(1);

    public static JsonObject Run(AwsRegion region, JsonObject request)
    {
        var cluster = region.Ecs.Cluster(request.Text("cluster"));
        var definition = region.Ecs.Definitions.GetActive(request.Text("taskDefinition"));
        var token = request.Text("clientToken");
        if (token is not null && cluster.RunTokens.TryGetValue(token, out var earlier) && IsKept(earlier, region.Now))
        {
            return JsonNode.DeepEquals(earlier.Request, request)
                ? Answer(earlier.Tasks)
                : throw new AwsErrorException("ConflictException", "The clientToken is already in use with a different RunTask request.")
                {
                    More = new JsonObject { ["resourceIds"] = earlier.Tasks.Select(task => task.Arn).ToJsonArray() },
                };
        }
        RunTaskRules.Check(region, cluster, definition, request);
        if (region.Faults.ForPlacement() is { } reason)
            return new JsonObject
            {
                ["tasks"] = new JsonArray(),
                ["failures"] = new JsonArray(
                    new JsonObject { ["arn"] = region.Arn("ecs", $"container-instance/{cluster.Name}"), ["reason"] = reason }),
            };
        var launchType = RunTaskRules.LaunchType(request);
        var tasks = Enumerable.Range(0, request.Number("count") ?? 1).Select(_ => new TaskPlan(region, cluster, definition)
        {
            LaunchType = launchType,
            Group = request.Text("group") ?? $"family:{definition.Family}",
            StartedBy = request.Text("startedBy"),
            Overrides = request.Object("overrides")?.Copy() ?? [],
            NetworkConfiguration = request.Object("networkConfiguration"),
            Tags = [.. request.Objects("tags"), .. request.Text("propagateTags") == "TASK_DEFINITION" ? definition.Tags : []],
        }.Build()).ToList();
        foreach (var task in tasks) Start(region, task, CapacityStrategies.Of(request).FirstOrDefault());
        cluster.OneOffs.AddRange(tasks);
        if (token is not null) cluster.RunTokens[token] = new RunAnswer(region.Now, request.Copy(), tasks);
        return Answer(tasks);
    }

    private static bool IsKept(RunAnswer answer, DateTimeOffset now) =>
        now - answer.At < TokenKept && !answer.Tasks.All(task => now - task.StoppedAt >= KeptAfterEnd);

    /// <summary>Of a capacity provider a task waits, PROVISIONING, for the instance that it is the reason for.</summary>
    private static void Start(AwsRegion region, EcsTask task, string? provider)
    {
        var lifecycle = new TaskLifecycle(region);
        if (task.LaunchType != "EC2" || task.Cluster.Instances.Count > 0)
        {
            lifecycle.Start(task);
            return;
        }
        TaskLifecycle.Hold(task);
        ManagedScaling.TryGrow(region, provider ?? "", () => lifecycle.Place(task, task.Cluster.Instances[^1]));
    }

    private static JsonObject Answer(IEnumerable<EcsTask> tasks) =>
        new() { ["tasks"] = tasks.Select(TaskDescriptions.Task).ToJsonArray(), ["failures"] = new JsonArray() };
}
