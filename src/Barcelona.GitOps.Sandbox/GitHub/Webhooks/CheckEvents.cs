using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.GitHub.Json;

namespace Barcelona.GitOps.Sandbox.GitHub.Webhooks;

/// <summary>check_run, check_suite and status.</summary>
internal static class CheckEvents
{
    public static WebhookEvent Run(SandboxRepository repository, SandboxCheckRun run, string action, SandboxUser sender) =>
        WebhookEvent.Of(repository, "check_run", sender, Payload(repository, run, action));

    public static WebhookEvent RequestedAction(SandboxRepository repository, SandboxCheckRun run, string identifier, SandboxUser sender)
    {
        var payload = Payload(repository, run, "requested_action");
        payload["requested_action"] = new JsonObject { ["identifier"] = identifier };
        return WebhookEvent.Of(repository, "check_run", sender, payload);
    }

    public static WebhookEvent Suite(SandboxRepository repository, SandboxCheckSuite suite, string action, SandboxUser sender) =>
        WebhookEvent.Of(repository, "check_suite", sender, new JsonObject
        {
            ["action"] = action,
            ["check_suite"] = CheckJson.Suite(repository, suite, new Urls(repository.GitHub.PublicUrl)),
        });

    public static WebhookEvent Status(SandboxRepository repository, SandboxCommitStatus status)
    {
        var urls = new Urls(repository.GitHub.PublicUrl);
        var commit = repository.Git.Commit(status.Sha) ?? throw new InvalidOperationException($"{repository.FullName} has no commit {status.Sha}.");
        return WebhookEvent.Of(repository, "status", status.Creator, new JsonObject
        {
            ["id"] = status.Id,
            ["sha"] = status.Sha,
            ["name"] = repository.FullName,
            ["target_url"] = status.TargetUrl,
            ["avatar_url"] = null,
            ["context"] = status.Context,
            ["description"] = status.Description,
            ["state"] = status.State,
            ["commit"] = CommitJson.Rest(repository, commit, urls),
            ["branches"] = new JsonArray(),
            ["created_at"] = Urls.Time(status.CreatedAt),
            ["updated_at"] = Urls.Time(status.CreatedAt),
        });
    }

    /// <summary>A run in a webhook carries its whole suite, where REST gives only the id.</summary>
    private static JsonObject Payload(SandboxRepository repository, SandboxCheckRun run, string action)
    {
        var urls = new Urls(repository.GitHub.PublicUrl);
        var json = CheckJson.Run(repository, run, urls);
        if (repository.CheckSuiteLedger.Find(run.SuiteId) is { } suite)
            json["check_suite"] = CheckJson.Suite(repository, suite, urls);
        return new JsonObject { ["action"] = action, ["check_run"] = json };
    }
}
