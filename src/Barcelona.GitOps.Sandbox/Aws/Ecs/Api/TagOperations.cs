using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.Ecs.Api;

/// <summary>Tags of clusters, services, tasks and task definitions, by ARN.</summary>
internal static class TagOperations
{
    public static JsonObject List(AwsRegion region, JsonObject request) =>
        new() { ["tags"] = Of(region, request).Select(tag => tag.Copy()).ToJsonArray() };

    public static JsonObject Tag(AwsRegion region, JsonObject request)
    {
        var tags = Of(region, request);
        foreach (var tag in request.Objects("tags"))
        {
            tags.RemoveAll(known => known.Text("key") == tag.Text("key"));
            tags.Add(tag.Copy());
        }
        return [];
    }

    public static JsonObject Untag(AwsRegion region, JsonObject request)
    {
        var keys = request.Texts("tagKeys").ToHashSet();
        Of(region, request).RemoveAll(tag => keys.Contains(tag.Text("key") ?? ""));
        return [];
    }

    private static List<JsonObject> Of(AwsRegion region, JsonObject request)
    {
        var arn = request.Text("resourceArn") ?? "";
        var clusters = region.Ecs.Clusters.Values;
        return clusters.FirstOrDefault(cluster => cluster.Arn == arn)?.Tags
            ?? clusters.SelectMany(cluster => cluster.Services.Values).FirstOrDefault(service => service.Arn == arn)?.Tags
            ?? clusters.SelectMany(cluster => cluster.Tasks).FirstOrDefault(task => task.Arn == arn)?.Tags
            ?? region.Ecs.Definitions.All.FirstOrDefault(definition => definition.Arn == arn)?.Tags
            ?? throw new AwsErrorException(
                "InvalidParameterException", "The specified resource is not found. Specify a valid resource ARN and try again.");
    }
}
