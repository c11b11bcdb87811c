using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.Ecs.Services;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.Ecs.Api;

internal static class ServiceOperations
{
    public static JsonObject Create(AwsRegion region, JsonObject request) =>
        new() { ["service"] = ServiceDescriptions.Service(new ServiceChanges(region).Create(request)) };

    public static JsonObject Update(AwsRegion region, JsonObject request)
    {
        var service = Get(region, request, "service");
        new ServiceChanges(region).Update(service, request);
        return new JsonObject { ["service"] = ServiceDescriptions.Service(service) };
    }

    public static JsonObject Delete(AwsRegion region, JsonObject request)
    {
        var service = Get(region, request, "service");
        new ServiceChanges(region).Delete(service, request.Flag("force"));
        return new JsonObject { ["service"] = ServiceDescriptions.Service(service) };
    }

    public static JsonObject Describe(AwsRegion region, JsonObject request)
    {
        var cluster = region.Ecs.Cluster(request.Text("cluster"));
        var names = request.Texts("services").ToList();
        if (names.Count is 0 or > 10)
            throw new AwsErrorException("InvalidParameterException", names.Count == 0 ? "Services cannot be empty." : "Services must be 10 or less.");
        var found = names.Select(name => (name, Service: cluster.Services.GetValueOrDefault(EcsStore.NameOf(name)))).ToList();
        return new JsonObject
        {
            ["services"] = found.Select(entry => entry.Service).OfType<EcsService>().Select(service => Describe(service, request)).ToJsonArray(),
            ["failures"] = found.Where(entry => entry.Service is null)
                .Select(entry => ClusterOperations.Missing(region.Arn("ecs", $"service/{cluster.Name}/{EcsStore.NameOf(entry.name)}"))).ToJsonArray(),
        };
    }

    public static JsonObject List(AwsRegion region, JsonObject request)
    {
        var services = region.Ecs.Cluster(request.Text("cluster")).Services.Values.Where(service => service.Status != "INACTIVE");
        return Pages.Cut(request, [.. services.Select(service => (JsonNode)service.Arn)], "serviceArns", request.Number("maxResults") ?? 10);
    }

    /// <summary>By name or ARN; a full ARN says its cluster.</summary>
    public static EcsService Get(AwsRegion region, JsonObject request, string name)
    {
        var reference = request.Text(name) ?? "";
        var parts = reference.Split('/');
        var cluster = region.Ecs.Cluster(request.Text("cluster") ?? (parts.Length == 3 ? parts[1] : null));
        return cluster.Services.GetValueOrDefault(parts[^1]) is { } service && service.Status != "INACTIVE"
            ? service
            : throw new AwsErrorException("ServiceNotFoundException", "Service not found.");
    }

    private static JsonObject Describe(EcsService service, JsonObject request)
    {
        var answer = ServiceDescriptions.Service(service);
        if (request.Texts("include").Contains("TAGS")) answer["tags"] = service.Tags.Select(tag => tag.Copy()).ToJsonArray();
        return answer;
    }
}
