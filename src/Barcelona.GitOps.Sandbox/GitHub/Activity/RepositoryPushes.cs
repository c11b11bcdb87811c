using Barcelona.GitOps.Sandbox.Git;
using Barcelona.GitOps.Sandbox.GitHub.Webhooks;

namespace Barcelona.GitOps.Sandbox.GitHub.Activity;

/// <summary>What moves refs, and the events that follow: push, create, delete, check_suite, and synchronize on pull requests.</summary>
internal sealed class RepositoryPushes(SandboxRepository repository)
{
    /// <summary>Pushing or deleting more tags than this at once makes no event at all.
    /// https://docs.github.com/en/webhooks/webhook-events-and-payloads#push</summary>
    private const int MostTagsWithEvents = 3;

    public async Task<string> CommitAsync(string branch, IReadOnlyList<GitFile> files, string message)
    {
        var reference = $"refs/heads/{branch}";
        var sha = "";
        await ChangeAsync(() =>
        {
            var parent = repository.Git.Reference(reference) ?? repository.Git.Reference($"refs/heads/{repository.DefaultBranch}");
            sha = repository.Git.CreateCommit(parent, files, message, Person(repository.DefaultPusher));
            repository.Git.UpdateReference(reference, sha);
        });
        return sha;
    }

    public Task TagAsync(IReadOnlyList<(string Name, string Sha)> tags, bool annotated, DateTimeOffset? date) => ChangeAsync(() =>
    {
        foreach (var (name, sha) in tags)
        {
            var tagger = Person(repository.DefaultPusher) with { When = date ?? repository.GitHub.Now };
            repository.Git.UpdateReference($"refs/tags/{name}", annotated ? repository.Git.CreateTagObject(name, sha, name, tagger) : sha);
        }
    });

    /// <summary>Sets refs to commits; no commit removes the ref.</summary>
    public Task UpdateAsync(IReadOnlyList<(string Reference, string? Sha)> updates) => ChangeAsync(() =>
    {
        foreach (var (reference, sha) in updates)
        {
            if (sha is null)
                repository.Git.DeleteReference(reference);
            else
                repository.Git.UpdateReference(reference, sha);
        }
    });

    /// <summary>Sends what GitHub sends after these refs moved; ends when all of it was answered.</summary>
    public async Task PushedAsync(IReadOnlyList<RefChange> changes, SandboxUser pusher)
    {
        var visible = changes.Where(c => c.Name.StartsWith("refs/heads/", StringComparison.Ordinal) || IsTag(c)).ToList();
        var tooManyTags = visible.Count(IsTag) > MostTagsWithEvents;
        var sending = new List<Task>();
        foreach (var change in visible.Where(c => !tooManyTags || !IsTag(c)))
        {
            repository.GitHub.Announce(new Pushed(repository, change));
            sending.AddRange(SendRefEvents(change, pusher));
        }
        foreach (var change in visible.Where(c => !IsTag(c)))
            sending.AddRange(SendBranchEvents(change, pusher));
        await Task.WhenAll(sending);
    }

    /// <summary>Compares the refs around <paramref name="act"/>; events go out after the refs are free again, as a receiver reads them.</summary>
    private async Task ChangeAsync(Action act)
    {
        await repository.RefGate.WaitAsync();
        IReadOnlyList<RefChange> changes;
        try
        {
            var before = repository.Git.References();
            act();
            changes = RefComparison.Between(before, repository.Git.References());
        }
        finally
        {
            repository.RefGate.Release();
        }
        await PushedAsync(changes, repository.DefaultPusher);
    }

    private IEnumerable<Task> SendRefEvents(RefChange change, SandboxUser pusher)
    {
        yield return Send(PushEvents.Push(repository, change, pusher));
        if (change.Before is null)
            yield return Send(PushEvents.Create(repository, change, pusher));
        if (change.After is null)
            yield return Send(PushEvents.Delete(repository, change, pusher));
    }

    private IEnumerable<Task> SendBranchEvents(RefChange change, SandboxUser pusher)
    {
        if (change.After is not { } head)
            yield break;
        var branch = change.Name["refs/heads/".Length..];
        var (suite, added) = new RepositoryChecks(repository).SuiteOf(head, branch, change.Before);
        if (added)
            yield return Send(CheckEvents.Suite(repository, suite, "requested", pusher));
        foreach (var target in (SandboxRepository?[])[repository, repository.Parent])
        {
            if (target is not null)
                yield return new RepositoryConversations(target).SynchronizeAsync(repository, branch, head, pusher);
        }
    }

    private Task Send(WebhookEvent message) => repository.GitHub.Webhooks.SendAsync(message);

    private GitPerson Person(SandboxUser user) => new(user.Login, $"{user.Login}@users.noreply.github.com", repository.GitHub.Now);

    private static bool IsTag(RefChange change) => change.Name.StartsWith("refs/tags/", StringComparison.Ordinal);
}
