using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.GitHub.Json;
using Barcelona.GitOps.Sandbox.GitHub.Rest;

namespace Barcelona.GitOps.Sandbox.GitHub.Endpoints;

/// <summary>The repository itself, its files, and who may do what.</summary>
internal static class RepositoryEndpoints
{
    public static void Map(RestRoutes routes) => routes
        .Get("/repos/{owner}/{repo}", RestAccess.Read("metadata"), call => RestAnswer.Ok(RepositoryJson.Detailed(call.Repository, call.Urls)))
        .Get("/repos/{owner}/{repo}/contents/{path}", RestAccess.Read("contents"), GetContents)
        .Get("/repos/{owner}/{repo}/collaborators/{username}/permission", RestAccess.Read("metadata"), GetPermission);

    private static RestAnswer GetContents(RestCall call)
    {
        var reference = call.Query("ref") ?? call.Repository.DefaultBranch;
        if (call.Repository.Git.Resolve(reference) is not { } commit)
            return RestAnswer.Refused(404, $"No commit found for the ref {reference}");
        var path = call.Route("path");
        if (call.Repository.Git.File(commit, path) is not var (content, sha))
            return RestAnswer.NotFound;
        if (call.Accepts("raw") is { } raw)
            return new RestAnswer(200) { Raw = content, ContentType = raw };
        var api = call.Urls.Api($"repos/{call.Repository.FullName}");
        var url = $"{api}/contents/{path}?ref={reference}";
        var html = call.Urls.Html($"{call.Repository.FullName}/blob/{reference}/{path}");
        return RestAnswer.Ok(new JsonObject
        {
            ["type"] = "file",
            ["encoding"] = "base64",
            ["size"] = content.Length,
            ["name"] = path.Split('/')[^1],
            ["path"] = path,
            ["content"] = Convert.ToBase64String(content, Base64FormattingOptions.InsertLineBreaks).ReplaceLineEndings("\n") + "\n",
            ["sha"] = sha,
            ["url"] = url,
            ["git_url"] = $"{api}/git/blobs/{sha}",
            ["html_url"] = html,
            ["download_url"] = call.Urls.Html($"{call.Repository.FullName}/raw/{reference}/{path}"),
            ["_links"] = new JsonObject { ["self"] = url, ["git"] = $"{api}/git/blobs/{sha}", ["html"] = html },
        });
    }

    /// <summary>A login that does not exist is 404; somebody without any right has `none`, or `read` on a public repository.</summary>
    private static RestAnswer GetPermission(RestCall call)
    {
        if (call.GitHub.People.Find(call.Route("username")) is not { } user)
            return RestAnswer.NotFound;
        var permission = call.Repository.PermissionOf(user);
        var json = UserJson.Of(user, call.Urls);
        json["role_name"] = permission;
        json["permissions"] = new JsonObject
        {
            ["admin"] = permission == "admin",
            ["maintain"] = permission == "admin",
            ["push"] = permission is "admin" or "write",
            ["triage"] = permission is "admin" or "write",
            ["pull"] = permission != "none",
        };
        return RestAnswer.Ok(new JsonObject { ["permission"] = permission, ["role_name"] = permission, ["user"] = json });
    }
}
