using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.GitHub.Json;

namespace Barcelona.GitOps.Sandbox.GitHub.Webhooks;

/// <summary>An event about to be delivered. Without an installation nobody hears of it.</summary>
internal sealed record WebhookEvent(string Name, JsonObject Payload)
{
    public long? InstallationId { get; init; }
    public long? RepositoryId { get; init; }

    public string? Action => Payload["action"]?.GetValue<string>();

    /// <summary>An event of a repository: with what every such payload carries.</summary>
    public static WebhookEvent Of(SandboxRepository repository, string name, SandboxUser sender, JsonObject payload)
    {
        var urls = new Urls(repository.GitHub.PublicUrl);
        payload["repository"] = name == "push" ? RepositoryJson.InPush(repository, urls) : RepositoryJson.Full(repository, urls);
        if (repository.Owner.Type == "Organization")
            payload["organization"] = UserJson.Organization(repository.Owner, urls);
        payload["sender"] = UserJson.Of(sender, urls);
        if (repository.InstallationId is { } installation)
            payload["installation"] = new JsonObject { ["id"] = installation, ["node_id"] = $"IN_{installation}" };
        return new WebhookEvent(name, payload) { InstallationId = repository.InstallationId, RepositoryId = repository.Id };
    }

    /// <summary>What GitHub sends when a webhook is set up. It belongs to the App and to no installation.</summary>
    public static WebhookEvent Ping(SandboxGitHub github)
    {
        var urls = new Urls(github.PublicUrl);
        return new WebhookEvent("ping", new JsonObject
        {
            ["zen"] = "Keep it logically awesome.",
            ["hook_id"] = WebhookSender.HookId,
            ["hook"] = new JsonObject
            {
                ["type"] = "App",
                ["id"] = WebhookSender.HookId,
                ["name"] = "web",
                ["active"] = true,
                ["events"] = new JsonArray([.. github.Options.Events.Select(e => JsonValue.Create(e))]),
                ["config"] = new JsonObject
                {
                    ["content_type"] = "json",
                    ["insecure_ssl"] = "0",
                    ["secret"] = "********",
                    ["url"] = github.WebhookUrl?.AbsoluteUri ?? "",
                },
                ["updated_at"] = Urls.Time(github.Now),
                ["created_at"] = Urls.Time(github.Now),
                ["app_id"] = github.Options.AppId,
                ["url"] = urls.Api("app/hook"),
                ["ping_url"] = urls.Api("app/hook/pings"),
                ["deliveries_url"] = urls.Api("app/hook/deliveries"),
            },
        });
    }
}
