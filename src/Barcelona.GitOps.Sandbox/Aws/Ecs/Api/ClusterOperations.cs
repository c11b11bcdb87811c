using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.Ecs.Api;

internal static class ClusterOperations
{
    public static JsonObject Create(AwsRegion region, JsonObject request)
    {
        var cluster = Create(region, request.Text("clusterName") ?? "default");
        cluster.Tags = [.. request.Objects("tags").Select(tag => tag.Copy())];
        cluster.CapacityProviders = [.. request.Texts("capacityProviders")];
        cluster.DefaultStrategy = [.. request.Objects("defaultCapacityProviderStrategy").Select(item => item.Copy())];
        return new JsonObject { ["cluster"] = Describe(cluster) };
    }

    /// <summary>Creating one that exists gives the existing one.</summary>
    public static EcsCluster Create(AwsRegion region, string name)
    {
        if (!region.Ecs.Clusters.TryGetValue(name, out var cluster))
            region.Ecs.Clusters[name] = cluster = new EcsCluster(name, region.Arn("ecs", $"cluster/{name}"));
        return cluster;
    }

    public static JsonObject Describe(AwsRegion region, JsonObject request)
    {
        var names = request["clusters"] is JsonArray ? request.Texts("clusters").ToList() : ["default"];
        var found = names.Select(name => (name, Cluster: region.Ecs.Clusters.GetValueOrDefault(EcsStore.NameOf(name)))).ToList();
        return new JsonObject
        {
            ["clusters"] = found.Select(entry => entry.Cluster).OfType<EcsCluster>().Select(Describe).ToJsonArray(),
            ["failures"] = found.Where(entry => entry.Cluster is null)
                .Select(entry => Missing(region.Arn("ecs", $"cluster/{EcsStore.NameOf(entry.name)}"))).ToJsonArray(),
        };
    }

    public static JsonObject List(AwsRegion region, JsonObject request) =>
        Pages.Cut(
            request, [.. region.Ecs.Clusters.Values.Select(cluster => (JsonNode)cluster.Arn)], "clusterArns", request.Number("maxResults") ?? 100);

    public static JsonObject Missing(string arn) => new() { ["arn"] = arn, ["reason"] = "MISSING" };

    private static JsonObject Describe(EcsCluster cluster) => new()
    {
        ["clusterArn"] = cluster.Arn,
        ["clusterName"] = cluster.Name,
        ["status"] = cluster.Status,
        ["registeredContainerInstancesCount"] = cluster.Instances.Count,
        ["runningTasksCount"] = cluster.Tasks.Count(task => task.LastStatus == "RUNNING"),
        ["pendingTasksCount"] = cluster.Tasks.Count(task => task.IsLive && task.LastStatus != "RUNNING"),
        ["activeServicesCount"] = cluster.Services.Values.Count(service => service.Status == "ACTIVE"),
        ["capacityProviders"] = cluster.CapacityProviders.ToJsonArray(),
        ["defaultCapacityProviderStrategy"] = cluster.DefaultStrategy.Select(item => item.Copy()).ToJsonArray(),
        ["tags"] = cluster.Tags.Select(tag => tag.Copy()).ToJsonArray(),
        ["settings"] = new JsonArray(),
        ["statistics"] = new JsonArray(),
    };
}
