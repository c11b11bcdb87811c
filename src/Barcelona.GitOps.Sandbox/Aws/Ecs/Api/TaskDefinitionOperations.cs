using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.Ecs.Definitions;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.Ecs.Api;

internal static class TaskDefinitionOperations
{
    public static JsonObject Register(AwsRegion region, JsonObject request) =>
        Answer(region.Ecs.Definitions.Register(region, request), withTags: true);

    public static JsonObject Describe(AwsRegion region, JsonObject request) =>
        Answer(region.Ecs.Definitions.Get(request.Text("taskDefinition")), request.Texts("include").Contains("TAGS"));

    public static JsonObject Deregister(AwsRegion region, JsonObject request)
    {
        var revision = region.Ecs.Definitions.Get(request.Text("taskDefinition"));
        if (!(request.Text("taskDefinition") ?? "").Contains(':', StringComparison.Ordinal))
            throw new AwsErrorException("ClientException", "Unable to parse the revision.");
        revision.Deregister(region.Now);
        return Answer(revision, withTags: false);
    }

    public static JsonObject List(AwsRegion region, JsonObject request)
    {
        var status = request.Text("status") ?? "ACTIVE";
        var found = region.Ecs.Definitions.All
            // The prefix is a whole family's name, not the beginning of one.
            .Where(revision => revision.Status == status && (request.Text("familyPrefix") is not { } family || revision.Family == family));
        if (request.Text("sort") == "DESC")
            found = found.OrderByDescending(revision => revision.Family, StringComparer.Ordinal).ThenByDescending(revision => revision.Revision);
        return Pages.Cut(request, [.. found.Select(revision => (JsonNode)revision.Arn)], "taskDefinitionArns", request.Number("maxResults") ?? 100);
    }

    public static JsonObject ListFamilies(AwsRegion region, JsonObject request)
    {
        var prefix = request.Text("familyPrefix") ?? "";
        var families = region.Ecs.Definitions.Families.Where(family => family.StartsWith(prefix, StringComparison.Ordinal));
        return Pages.Cut(request, [.. families.Select(family => (JsonNode)family)], "families", request.Number("maxResults") ?? 100);
    }

    private static JsonObject Answer(TaskDefinitionRevision revision, bool withTags)
    {
        var answer = new JsonObject { ["taskDefinition"] = revision.Describe() };
        if (withTags) answer["tags"] = revision.Tags.Select(tag => tag.Copy()).ToJsonArray();
        return answer;
    }
}
