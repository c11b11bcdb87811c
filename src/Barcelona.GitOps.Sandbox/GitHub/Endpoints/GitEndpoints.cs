using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.GitHub.Json;
using Barcelona.GitOps.Sandbox.GitHub.Rest;

namespace Barcelona.GitOps.Sandbox.GitHub.Endpoints;

/// <summary>Refs, tags and branches.</summary>
internal static class GitEndpoints
{
    public static void Map(RestRoutes routes) => routes
        .Get("/repos/{owner}/{repo}/git/ref/{ref}", RestAccess.Read("contents"), call =>
            call.Repository.Git.Reference($"refs/{call.Route("ref")}") is { } sha
                ? RestAnswer.Ok(Reference(call, $"refs/{call.Route("ref")}", sha))
                : RestAnswer.NotFound)
        .Get("/repos/{owner}/{repo}/git/matching-refs/{ref}", RestAccess.Read("contents"), call =>
        {
            var matches = call.Repository.References.Where(r => r.Key.StartsWith($"refs/{call.Route("ref")}", StringComparison.Ordinal)).ToList();
            return RestPaging.Page(call, matches, r => Reference(call, r.Key, r.Value));
        })
        .Get("/repos/{owner}/{repo}/git/tags/{tag_sha}", RestAccess.Read("contents"), GetTag)
        .Get("/repos/{owner}/{repo}/branches", RestAccess.Read("contents"), call =>
            RestPaging.Page(call, Named(call, "refs/heads/"), b => Branch(call, b.Name, b.Sha)))
        .Get("/repos/{owner}/{repo}/branches/{branch}", RestAccess.Read("contents"), GetBranch)
        .Get("/repos/{owner}/{repo}/tags", RestAccess.Read("contents"), call =>
            RestPaging.Page(call, Named(call, "refs/tags/"), t => Tag(call, t.Name, t.Sha)));

    private static JsonObject Branch(RestCall call, string name, string sha) =>
        new() { ["name"] = name, ["commit"] = Pointer(call, sha), ["protected"] = false };

    private static JsonObject Tag(RestCall call, string name, string sha) => new()
    {
        ["name"] = name,
        ["commit"] = Pointer(call, call.Repository.Git.Peel(sha) ?? sha),
        ["zipball_url"] = call.Urls.Api($"repos/{call.Repository.FullName}/zipball/refs/tags/{name}"),
        ["tarball_url"] = call.Urls.Api($"repos/{call.Repository.FullName}/tarball/refs/tags/{name}"),
        ["node_id"] = $"REF_{name}",
    };

    private static List<(string Name, string Sha)> Named(RestCall call, string prefix) =>
        [.. call.Repository.References.Where(r => r.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(r => (r.Key[prefix.Length..], r.Value))];

    private static JsonObject Pointer(RestCall call, string sha) =>
        new() { ["sha"] = sha, ["url"] = call.Urls.Api($"repos/{call.Repository.FullName}/commits/{sha}") };

    private static JsonObject Reference(RestCall call, string name, string sha)
    {
        var type = call.Repository.Git.TagObject(sha) is null ? "commit" : "tag";
        var api = call.Urls.Api($"repos/{call.Repository.FullName}/git");
        return new JsonObject
        {
            ["ref"] = name,
            ["node_id"] = $"REF_{name}",
            ["url"] = $"{api}/{name}",
            ["object"] = new JsonObject { ["type"] = type, ["sha"] = sha, ["url"] = $"{api}/{type}s/{sha}" },
        };
    }

    private static RestAnswer GetTag(RestCall call)
    {
        if (call.Route("tag_sha").Length != 40 || call.Repository.Git.TagObject(call.Route("tag_sha")) is not { } tag)
            return RestAnswer.NotFound;
        var api = call.Urls.Api($"repos/{call.Repository.FullName}/git");
        return RestAnswer.Ok(new JsonObject
        {
            ["node_id"] = $"TAG_{tag.Sha}",
            ["tag"] = tag.Name,
            ["sha"] = tag.Sha,
            ["url"] = $"{api}/tags/{tag.Sha}",
            ["message"] = tag.Message,
            ["tagger"] = CommitJson.Person(tag.Tagger),
            ["object"] = new JsonObject { ["type"] = "commit", ["sha"] = tag.TargetSha, ["url"] = $"{api}/commits/{tag.TargetSha}" },
        });
    }

    private static RestAnswer GetBranch(RestCall call)
    {
        var name = call.Route("branch");
        if (call.Repository.Git.Reference($"refs/heads/{name}") is not { } sha || call.Repository.Git.Commit(sha) is not { } commit)
            return RestAnswer.Refused(404, "Branch not found");
        var api = call.Urls.Api($"repos/{call.Repository.FullName}/branches/{name}");
        return RestAnswer.Ok(new JsonObject
        {
            ["name"] = name,
            ["commit"] = CommitJson.Rest(call.Repository, commit, call.Urls),
            ["_links"] = new JsonObject { ["self"] = api, ["html"] = call.Urls.Html($"{call.Repository.FullName}/tree/{name}") },
            ["protected"] = false,
            ["protection"] = new JsonObject { ["enabled"] = false },
            ["protection_url"] = $"{api}/protection",
        });
    }
}
