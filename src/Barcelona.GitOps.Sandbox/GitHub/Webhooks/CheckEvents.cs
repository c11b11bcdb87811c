using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.GitHub.Json;

namespace Barcelona.GitOps.Sandbox.GitHub.Webhooks;

/// <summary>check_run, check_suite, workflow_run and status.</summary>
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

    /// <summary>With <c>checks: read</c> an App hears of the end of every suite, not of its own alone.</summary>
    public static WebhookEvent OthersSuite(SandboxRepository repository, SandboxCheckSuite suite, string conclusion)
    {
        var json = CheckJson.Suite(repository, suite, new Urls(repository.GitHub.PublicUrl));
        (json["status"], json["conclusion"]) = ("completed", conclusion);
        if (json["app"] is JsonObject app) (app["id"], app["slug"], app["name"]) = (15368, "github-actions", "GitHub Actions");
        return WebhookEvent.Of(
            repository, "check_suite", repository.DefaultPusher, new JsonObject { ["action"] = "completed", ["check_suite"] = json });
    }

    public static WebhookEvent Workflow(SandboxRepository repository, (long Id, string Sha, DateTimeOffset At) run, string action) =>
        WebhookEvent.Of(repository, "workflow_run", repository.DefaultPusher, new JsonObject
        {
            ["action"] = action,
            ["workflow"] = new JsonObject { ["id"] = 1, ["name"] = "build", ["path"] = ".github/workflows/build.yml", ["state"] = "active" },
            ["workflow_run"] = new JsonObject
            {
                ["id"] = run.Id,
                ["name"] = "build",
                ["event"] = "push",
                ["head_sha"] = run.Sha,
                ["run_number"] = 1,
                ["run_attempt"] = 1,
                ["workflow_id"] = 1,
                ["status"] = action,
                ["conclusion"] = action == "completed" ? "success" : null,
                ["pull_requests"] = new JsonArray(),
                ["created_at"] = Urls.Time(run.At),
                ["updated_at"] = Urls.Time(run.At),
            },
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
