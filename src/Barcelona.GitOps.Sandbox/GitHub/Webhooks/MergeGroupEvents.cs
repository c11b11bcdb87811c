using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.GitHub.Json;

namespace Barcelona.GitOps.Sandbox.GitHub.Webhooks;

/// <summary>merge_group.</summary>
internal static class MergeGroupEvents
{
    public static WebhookEvent Requested(SandboxRepository repository, SandboxPullRequest pull, string head, string branch) =>
        WebhookEvent.Of(repository, "merge_group", repository.DefaultPusher, Payload(repository, pull, "checks_requested", (head, branch)));

    /// <param name="reason">GitHub's word: merged, invalidated or dequeued.</param>
    public static WebhookEvent Destroyed(SandboxRepository repository, SandboxPullRequest pull, (string Head, string Branch) group, string reason)
    {
        var payload = Payload(repository, pull, "destroyed", group);
        payload["reason"] = reason;
        return WebhookEvent.Of(repository, "merge_group", repository.DefaultPusher, payload);
    }

    private static JsonObject Payload(SandboxRepository repository, SandboxPullRequest pull, string action, (string Head, string Branch) group)
    {
        var commit = repository.Git.Commit(group.Head) ?? throw new InvalidOperationException($"{repository.FullName} has no commit {group.Head}.");
        return new JsonObject
        {
            ["action"] = action,
            ["merge_group"] = new JsonObject
            {
                ["head_sha"] = group.Head,
                ["head_ref"] = $"refs/heads/{group.Branch}",
                ["base_sha"] = commit.Parents[0],
                ["base_ref"] = $"refs/heads/{pull.BaseBranch}",
                ["head_commit"] = CommitJson.Simple(commit),
            },
        };
    }
}
