using System.Text.Json.Nodes;

namespace Barcelona.GitOps.Sandbox.GitHub.Json;

internal static class UserJson
{
    public static JsonObject Of(SandboxUser user, Urls urls)
    {
        var api = urls.Api($"users/{Uri.EscapeDataString(user.Login)}");
        return new JsonObject
        {
            ["login"] = user.Login,
            ["id"] = user.Id,
            ["node_id"] = $"U_{user.Id}",
            ["avatar_url"] = urls.Html($"avatars/{user.Id}"),
            ["gravatar_id"] = "",
            ["url"] = api,
            ["html_url"] = urls.Html(user.Login),
            ["followers_url"] = $"{api}/followers",
            ["following_url"] = $"{api}/following{{/other_user}}",
            ["gists_url"] = $"{api}/gists{{/gist_id}}",
            ["starred_url"] = $"{api}/starred{{/owner}}{{/repo}}",
            ["subscriptions_url"] = $"{api}/subscriptions",
            ["organizations_url"] = $"{api}/orgs",
            ["repos_url"] = $"{api}/repos",
            ["events_url"] = $"{api}/events{{/privacy}}",
            ["received_events_url"] = $"{api}/received_events",
            ["type"] = user.Type,
            ["site_admin"] = false,
        };
    }

    public static JsonObject Organization(SandboxUser organization, Urls urls)
    {
        var api = urls.Api($"orgs/{organization.Login}");
        return new JsonObject
        {
            ["login"] = organization.Login,
            ["id"] = organization.Id,
            ["node_id"] = $"O_{organization.Id}",
            ["url"] = api,
            ["repos_url"] = $"{api}/repos",
            ["events_url"] = $"{api}/events",
            ["hooks_url"] = $"{api}/hooks",
            ["issues_url"] = $"{api}/issues",
            ["members_url"] = $"{api}/members{{/member}}",
            ["public_members_url"] = $"{api}/public_members{{/member}}",
            ["avatar_url"] = urls.Html($"avatars/{organization.Id}"),
            ["description"] = null,
        };
    }
}
