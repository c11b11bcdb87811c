using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.GitHub.Json;

namespace Barcelona.GitOps.Sandbox.GitHub.Webhooks;

/// <summary>pull_request and issue_comment.</summary>
internal static class PullRequestEvents
{
    public static WebhookEvent PullRequest(SandboxRepository repository, SandboxPullRequest pull, string action, SandboxUser sender) =>
        WebhookEvent.Of(repository, "pull_request", sender, Payload(repository, pull, action));

    public static WebhookEvent Synchronize(SandboxRepository repository, SandboxPullRequest pull, string before, SandboxUser sender)
    {
        var payload = Payload(repository, pull, "synchronize");
        payload["before"] = before;
        payload["after"] = pull.HeadSha;
        return WebhookEvent.Of(repository, "pull_request", sender, payload);
    }

    public static WebhookEvent Comment(SandboxRepository repository, SandboxComment comment, string action, SandboxUser sender)
    {
        var urls = new Urls(repository.GitHub.PublicUrl);
        var pull = repository.PullRequestLedger.Find(comment.Number)
            ?? throw new InvalidOperationException($"{repository.FullName} has no pull request {comment.Number}.");
        var payload = new JsonObject
        {
            ["action"] = action,
            ["issue"] = ConversationJson.Issue(repository, pull, urls),
            ["comment"] = ConversationJson.Comment(repository, comment, urls),
        };
        if (action == "edited")
            payload["changes"] = new JsonObject { ["body"] = new JsonObject { ["from"] = "" } };
        return WebhookEvent.Of(repository, "issue_comment", sender, payload);
    }

    private static JsonObject Payload(SandboxRepository repository, SandboxPullRequest pull, string action) => new()
    {
        ["action"] = action,
        ["number"] = pull.Number,
        ["pull_request"] = PullRequestJson.Full(repository, pull, new Urls(repository.GitHub.PublicUrl)),
    };
}
