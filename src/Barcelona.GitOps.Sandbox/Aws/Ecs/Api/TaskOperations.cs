using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.Ecs.Tasks;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.Ecs.Api;

internal static class TaskOperations
{
    private static readonly string[] Filters = ["family", "serviceName", "launchType", "desiredStatus", "containerInstance"];

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
        // https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListTasks.html: startedBy must be the only filter.
        if (request.Text("startedBy") is not null && Filters.Any(filter => request.Text(filter) is not null))
            throw new AwsErrorException("InvalidParameterException", "startedBy cannot be combined with other filters.");
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
}
