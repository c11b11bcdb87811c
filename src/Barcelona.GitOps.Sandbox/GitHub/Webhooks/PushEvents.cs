using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Git;
using Barcelona.GitOps.Sandbox.GitHub.Json;

namespace Barcelona.GitOps.Sandbox.GitHub.Webhooks;

/// <summary>push, create and delete. https://docs.github.com/en/webhooks/webhook-events-and-payloads#push</summary>
internal static class PushEvents
{
    private static readonly string Nothing = new('0', 40);

    public static WebhookEvent Push(SandboxRepository repository, RefChange change, SandboxUser pusher)
    {
        var urls = new Urls(repository.GitHub.PublicUrl);
        var isBranch = change.Name.StartsWith("refs/heads/", StringComparison.Ordinal);
        var head = change.After is null ? null : repository.Git.Peel(change.After);
        var commits = head is not null && isBranch ? repository.History.New(head, Known(repository, change)) : [];
        var told = commits.Select(c => CommitJson.InPush(repository, c, urls)).ToList();
        return WebhookEvent.Of(repository, "push", pusher, new JsonObject
        {
            ["ref"] = change.Name,
            ["before"] = change.Before ?? Nothing,
            ["after"] = change.After ?? Nothing,
            ["base_ref"] = change.Before is null && head is not null ? BranchAt(repository, head, except: change.Name) : null,
            ["compare"] = Compare(repository, change, urls),
            ["created"] = change.Before is null,
            ["deleted"] = change.After is null,
            ["forced"] = IsForced(repository, change),
            ["pusher"] = new JsonObject { ["name"] = pusher.Login, ["email"] = $"{pusher.Login}@users.noreply.github.com" },
            ["commits"] = new JsonArray([.. told]),
            ["head_commit"] = HeadCommit(repository, head, told, urls),
        });
    }

    public static WebhookEvent Create(SandboxRepository repository, RefChange change, SandboxUser sender)
    {
        var (type, name) = Split(change.Name);
        return WebhookEvent.Of(repository, "create", sender, new JsonObject
        {
            ["ref"] = name,
            ["ref_type"] = type,
            ["full_ref"] = change.Name,
            ["master_branch"] = repository.DefaultBranch,
            ["description"] = null,
            ["pusher_type"] = "user",
        });
    }

    public static WebhookEvent Delete(SandboxRepository repository, RefChange change, SandboxUser sender)
    {
        var (type, name) = Split(change.Name);
        return WebhookEvent.Of(repository, "delete", sender, new JsonObject
        {
            ["ref"] = name,
            ["ref_type"] = type,
            ["full_ref"] = change.Name,
            ["pusher_type"] = "user",
        });
    }

    private static JsonNode? HeadCommit(SandboxRepository repository, string? head, List<JsonObject> told, Urls urls)
    {
        if (told.Find(c => c["id"]?.GetValue<string>() == head) is { } known)
            return known.DeepClone();
        return head is not null && repository.Git.Commit(head) is { } commit ? CommitJson.InPush(repository, commit, urls) : null;
    }

    /// <summary>A new branch brings what the other branches do not have yet.</summary>
    private static IReadOnlyCollection<string> Known(SandboxRepository repository, RefChange change) => change.Before is not null
        ? [change.Before]
        : [.. Branches(repository).Where(r => r.Key != change.Name).Select(r => r.Value)];

    private static string? BranchAt(SandboxRepository repository, string sha, string except) =>
        Branches(repository).FirstOrDefault(r => r.Value == sha && r.Key != except).Key;

    private static IEnumerable<KeyValuePair<string, string>> Branches(SandboxRepository repository) =>
        repository.Git.References().Where(r => r.Key.StartsWith("refs/heads/", StringComparison.Ordinal));

    private static bool IsForced(SandboxRepository repository, RefChange change) =>
        change is { Before: { } before, After: { } after }
        && repository.Git.Peel(before) is { } from && repository.Git.Peel(after) is { } to && !repository.History.IsAncestor(from, to);

    private static string Compare(SandboxRepository repository, RefChange change, Urls urls) => change switch
    {
        { Before: { } before, After: { } after } => urls.Html($"{repository.FullName}/compare/{before[..12]}...{after[..12]}"),
        { After: null, Before: { } before } => urls.Html($"{repository.FullName}/compare/{before[..12]}...{Nothing[..12]}"),
        _ => urls.Html($"{repository.FullName}/compare/{Split(change.Name).Name}"),
    };

    private static (string Type, string Name) Split(string reference) => reference.StartsWith("refs/tags/", StringComparison.Ordinal)
        ? ("tag", reference["refs/tags/".Length..])
        : ("branch", reference["refs/heads/".Length..]);
}
