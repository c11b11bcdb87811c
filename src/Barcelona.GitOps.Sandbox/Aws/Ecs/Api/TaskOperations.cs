using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.Ecs.Tasks;
using Barcelona.GitOps.Sandbox.Aws.Scaling;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.Ecs.Api;

internal static class TaskOperations
{
    public static JsonObject Run(AwsRegion region, JsonObject request)
    {
        var cluster = region.Ecs.Cluster(request.Text("cluster"));
        var definition = region.Ecs.Definitions.Get(request.Text("taskDefinition"));
        var token = request.Text("clientToken");
        if (token is not null && cluster.RunTokens.TryGetValue(token, out var earlier))
            return new JsonObject { ["tasks"] = earlier.Select(TaskDescriptions.Task).ToJsonArray(), ["failures"] = new JsonArray() };
        CapacityStrategies.Check(cluster, CapacityStrategies.Of(request));
        var launchType = LaunchType(request);
        if (definition.Content.Text("networkMode") == "awsvpc" && request.Object("networkConfiguration") is null)
            throw new AwsErrorException(
                "InvalidParameterException", "Network Configuration must be provided when networkMode 'awsvpc' is specified.");
        if (launchType == "EC2" && cluster.Instances.Count == 0)
            throw new AwsErrorException("InvalidParameterException", "No Container Instances were found in your cluster.");
        if (request.Object("overrides")?.Objects("containerOverrides").Select(o => o.Text("name"))
            .FirstOrDefault(name => !definition.Containers.Any(container => container.Text("name") == name)) is { } stranger)
            throw new AwsErrorException(
                "InvalidParameterException", $"Override for container named {stranger} is not a container in the TaskDefinition.");
        var tasks = Enumerable.Range(0, request.Number("count") ?? 1).Select(_ => new TaskPlan(region, cluster, definition)
        {
            LaunchType = launchType,
            Group = request.Text("group") ?? $"family:{definition.Family}",
            StartedBy = request.Text("startedBy"),
            Overrides = request.Object("overrides")?.Copy() ?? [],
            NetworkConfiguration = request.Object("networkConfiguration"),
            Tags = [.. request.Objects("tags")],
        }.Build()).ToList();
        foreach (var task in tasks) new TaskLifecycle(region).Start(task);
        if (token is not null) cluster.RunTokens[token] = tasks;
        return new JsonObject { ["tasks"] = tasks.Select(TaskDescriptions.Task).ToJsonArray(), ["failures"] = new JsonArray() };
    }

    public static JsonObject Stop(AwsRegion region, JsonObject request)
    {
        var cluster = region.Ecs.Cluster(request.Text("cluster"));
        var task = Find(cluster, request.Text("task") ?? "")
            ?? throw new AwsErrorException("InvalidParameterException", "The referenced task was not found.");
        new TaskLifecycle(region).Stop(task, "UserInitiated", request.Text("reason") ?? "Task stopped by user");
        return new JsonObject { ["task"] = TaskDescriptions.Task(task) };
    }

    public static JsonObject Describe(AwsRegion region, JsonObject request)
    {
        var cluster = region.Ecs.Cluster(request.Text("cluster"));
        var names = request.Texts("tasks").ToList();
        if (names.Count is 0 or > 100)
            throw new AwsErrorException("InvalidParameterException", names.Count == 0 ? "Tasks cannot be empty." : "Tasks must be 100 or less.");
        var withTags = request.Texts("include").Contains("TAGS");
        return new JsonObject
        {
            ["tasks"] = names.Select(name => Find(cluster, name)).OfType<EcsTask>().Select(task => Describe(task, withTags)).ToJsonArray(),
            ["failures"] = names.Where(name => Find(cluster, name) is null)
                .Select(name => ClusterOperations.Missing(region.Arn("ecs", $"task/{cluster.Name}/{EcsStore.NameOf(name)}"))).ToJsonArray(),
        };
    }

    public static JsonObject List(AwsRegion region, JsonObject request)
    {
        var cluster = region.Ecs.Cluster(request.Text("cluster"));
        // Without the filter only tasks that should run are listed; a stopped one is found by asking for it.
        var desired = request.Text("desiredStatus") ?? "RUNNING";
        var found = cluster.Tasks.Where(task => task.DesiredStatus == desired
            && (request.Text("serviceName") is not { } service || task.Group == $"service:{EcsStore.NameOf(service)}")
            && (request.Text("family") is not { } family || task.Definition.Family == family)
            && (request.Text("startedBy") is not { } startedBy || task.StartedBy == startedBy)
            && (request.Text("launchType") is not { } launchType || task.LaunchType == launchType));
        return Pages.Cut(request, [.. found.Select(task => (JsonNode)task.Arn)], "taskArns", request.Number("maxResults") ?? 100);
    }

    private static JsonObject Describe(EcsTask task, bool withTags)
    {
        var answer = TaskDescriptions.Task(task);
        if (withTags) answer["tags"] = task.Tags.Select(tag => tag.Copy()).ToJsonArray();
        return answer;
    }

    private static EcsTask? Find(EcsCluster cluster, string idOrArn) => cluster.Tasks.Find(task => task.Id == EcsStore.NameOf(idOrArn));

    private static string LaunchType(JsonObject request) =>
        request.Objects("capacityProviderStrategy").FirstOrDefault()?.Text("capacityProvider") is { } provider
            ? provider.StartsWith("FARGATE", StringComparison.Ordinal) ? "FARGATE" : "EC2"
            : request.Text("launchType") ?? "EC2";
}
