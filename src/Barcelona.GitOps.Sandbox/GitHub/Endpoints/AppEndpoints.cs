using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.GitHub.Json;
using Barcelona.GitOps.Sandbox.GitHub.Rest;

namespace Barcelona.GitOps.Sandbox.GitHub.Endpoints;

/// <summary>The App, its installations and their tokens.</summary>
internal static class AppEndpoints
{
    public static void Map(RestRoutes routes, RestLimits limits) => routes
        .Get("/app", new RestAccess.App(), call => RestAnswer.Ok(AppJson.App(call.GitHub, call.Urls)))
        .Get("/app/installations", new RestAccess.App(), call =>
            RestPaging.Page(call, call.GitHub.Installations.All, i => AppJson.Installation(call.GitHub, i, call.Urls)))
        .Get("/app/installations/{installation_id}", new RestAccess.App(), call =>
            Installation(call, call.GitHub.Installations.Find(call.RouteId("installation_id"))))
        .Post("/app/installations/{installation_id}/access_tokens", new RestAccess.App(), CreateToken)
        .Get("/repos/{owner}/{repo}/installation", new RestAccess.App(), call =>
            Installation(call, call.Repository.InstallationId is { } id ? call.GitHub.Installations.Find(id) : null))
        .Get("/orgs/{org}/installation", new RestAccess.App(), call => OfAccount(call, call.Route("org")))
        .Get("/users/{username}/installation", new RestAccess.App(), call => OfAccount(call, call.Route("username")))
        .Get("/installation/repositories", RestAccess.Read("metadata"), ListRepositories)
        .Delete("/installation/token", RestAccess.Read("metadata"), call =>
        {
            call.GitHub.Tokens.Revoke(call.Token);
            return RestAnswer.NoContent;
        })
        .Get("/orgs/{org}/teams/{team_slug}/memberships/{username}", RestAccess.Read("members"), GetMembership)
        .Get("/rate_limit", new RestAccess.Anyone(), call => RestAnswer.Ok(limits.Describe(call.Caller)));

    private static RestAnswer OfAccount(RestCall call, string login) => Installation(call,
        call.GitHub.Installations.All.FirstOrDefault(i => i.Account.Login.Equals(login, StringComparison.OrdinalIgnoreCase)));

    private static RestAnswer Installation(RestCall call, SandboxInstallation? installation) =>
        installation is null ? RestAnswer.NotFound : RestAnswer.Ok(AppJson.Installation(call.GitHub, installation, call.Urls));

    /// <summary>A token may be narrowed to repositories and permissions, never widened.</summary>
    private static RestAnswer CreateToken(RestCall call)
    {
        if (call.GitHub.Installations.Find(call.RouteId("installation_id")) is not { } installation)
            return RestAnswer.NotFound;
        if (installation.SuspendedAt is not null)
            return RestAnswer.Refused(403, "This installation has been suspended");
        var (repositories, unknown) = Repositories(call, installation);
        if (unknown)
            return RestAnswer.Refused(422, "There is at least one repository that does not exist or is not accessible to the parent installation.");
        var granted = call.GitHub.Options.AppPermissions;
        var asked = call.Body.Object("permissions")?.Properties.ToDictionary(p => p.Name, p => p.Value.GetString() ?? "");
        if (asked?.Any(p => Level(p.Value) > Level(granted.GetValueOrDefault(p.Key, ""))) == true)
            return RestAnswer.Refused(422, "The permissions requested are not granted to this installation.");
        var token = call.GitHub.Tokens.Issue(installation, repositories, asked ?? granted);
        var json = new JsonObject
        {
            ["token"] = token.Value,
            ["expires_at"] = Urls.Time(token.ExpiresAt),
            ["permissions"] = AppJson.Permissions(token.Permissions),
            ["repository_selection"] = repositories is null ? "all" : "selected",
        };
        if (repositories is not null)
            json["repositories"] = new JsonArray([.. repositories.Select(r => RepositoryJson.Full(r, call.Urls))]);
        return RestAnswer.Created(json);
    }

    private static (IReadOnlyList<SandboxRepository>? Repositories, bool Unknown) Repositories(RestCall call, SandboxInstallation installation)
    {
        var names = call.Body.Array("repositories")?.Select(n => n.GetString()).ToList();
        var ids = call.Body.Array("repository_ids")?.Select(i => i.GetInt64()).ToList();
        if (names is null && ids is null)
            return (null, false);
        var own = call.GitHub.Repositories.Where(r => r.InstallationId == installation.Id).ToList();
        var found = own.Where(r => names?.Contains(r.Name, StringComparer.OrdinalIgnoreCase) == true || ids?.Contains(r.Id) == true).ToList();
        return (found, found.Count != (names?.Count ?? 0) + (ids?.Count ?? 0));
    }

    private static int Level(string permission) => permission switch
    {
        "read" => 1,
        "write" => 2,
        "admin" => 3,
        _ => 0,
    };

    private static RestAnswer ListRepositories(RestCall call)
    {
        var repositories = call.GitHub.Repositories.Where(call.Token.Covers).ToList();
        return RestPaging.Counted(call, "repositories", repositories, r => RepositoryJson.Full(r, call.Urls));
    }

    private static RestAnswer GetMembership(RestCall call)
    {
        var (team, login) = ($"{call.Route("org")}/{call.Route("team_slug")}", call.Route("username"));
        if (!call.Token.Installation.Account.Login.Equals(call.Route("org"), StringComparison.OrdinalIgnoreCase))
            return RestAnswer.Refused(403, "Resource not accessible by integration");
        return call.GitHub.People.Membership(team, login) is var (role, state)
            ? RestAnswer.Ok(new JsonObject
            {
                ["url"] = call.Urls.Api($"orgs/{call.Route("org")}/teams/{call.Route("team_slug")}/memberships/{login}"),
                ["role"] = role,
                ["state"] = state,
            })
            : RestAnswer.NotFound;
    }
}
