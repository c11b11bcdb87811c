using System.Text.Json.Nodes;

namespace Barcelona.GitOps.Sandbox.GitHub.Json;

internal static class AppJson
{
    public static JsonObject App(SandboxGitHub github, Urls urls) => new()
    {
        ["id"] = github.Options.AppId,
        ["client_id"] = $"Iv1.{github.Options.AppId}",
        ["slug"] = github.AppSlug,
        ["node_id"] = $"A_{github.Options.AppId}",
        ["owner"] = UserJson.Of(github.Bot, urls),
        ["name"] = github.AppSlug,
        ["description"] = null,
        ["external_url"] = urls.Html(""),
        ["html_url"] = urls.Html($"apps/{github.AppSlug}"),
        ["created_at"] = Urls.Time(DateTimeOffset.UnixEpoch),
        ["updated_at"] = Urls.Time(DateTimeOffset.UnixEpoch),
        ["permissions"] = Permissions(github.Options.AppPermissions),
        ["events"] = new JsonArray([.. github.Options.Events.Select(e => JsonValue.Create(e))]),
    };

    public static JsonObject Installation(SandboxGitHub github, SandboxInstallation installation, Urls urls) => new()
    {
        ["id"] = installation.Id,
        ["account"] = UserJson.Of(installation.Account, urls),
        ["repository_selection"] = "all",
        ["access_tokens_url"] = urls.Api($"app/installations/{installation.Id}/access_tokens"),
        ["repositories_url"] = urls.Api("installation/repositories"),
        ["html_url"] = urls.Html($"settings/installations/{installation.Id}"),
        ["app_id"] = github.Options.AppId,
        ["app_slug"] = github.AppSlug,
        ["target_id"] = installation.Account.Id,
        ["target_type"] = installation.Account.Type,
        ["permissions"] = Permissions(github.Options.AppPermissions),
        ["events"] = new JsonArray([.. github.Options.Events.Select(e => JsonValue.Create(e))]),
        ["created_at"] = Urls.Time(installation.CreatedAt),
        ["updated_at"] = Urls.Time(installation.CreatedAt),
        ["single_file_name"] = null,
        ["has_multiple_single_files"] = false,
        ["single_file_paths"] = new JsonArray(),
        ["suspended_by"] = null,
        ["suspended_at"] = installation.SuspendedAt is { } at ? Urls.Time(at) : null,
    };

    public static JsonObject Permissions(IReadOnlyDictionary<string, string> permissions) =>
        new(permissions.Select(p => KeyValuePair.Create(p.Key, (JsonNode?)JsonValue.Create(p.Value))));
}
