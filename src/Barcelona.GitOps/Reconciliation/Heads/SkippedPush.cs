using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Triggers;
using Barcelona.GitOps.Git;
using Barcelona.GitOps.Reconciliation.Intake;
using Barcelona.GitOps.Storage.History;
using Barcelona.GitOps.Storage.Refs;

namespace Barcelona.GitOps.Reconciliation.Heads;

/// <summary>
/// Words that skip a push skip no earlier one: what was pushed just before, and is not looked at yet, is deployed as if there had been time to.
/// </summary>
public sealed class SkippedPush(IManifestSource git, RepositoryAccess access, Runs runs)
{
    /// <returns>The push that counts, with its commit; null: that of the head.</returns>
    public async Task<(PushedRef Pushed, ResolvedRef Head)?> UnderAsync(PushedRef pushed, ResolvedRef head, CancellationToken cancellationToken)
    {
        var earlier = pushed.Events
            .Where(e => e.Kind == RefEventKind.Push && e.Commit != head.Commit.Value && SkipWords.In(e.Message) is null).ToList();
        if (pushed.Ref.IsTag || earlier.Count == 0 || pushed.Events.Any(e => e.Kind == RefEventKind.Rerequest))
        {
            return null;
        }

        var repository = await access.ForKnownCommitAsync(pushed.Installation, pushed.Repository, cancellationToken);
        if (SkipWords.In(await git.CommitMessageAsync(repository, head.Commit, cancellationToken)) is null)
        {
            return null;
        }

        // Deliveries come in any order: git says which is the newest.
        (RefEvent Event, CommitSha Commit)? newest = null;
        foreach (var item in earlier)
        {
            if (CommitSha.TryParse(item.Commit, out var commit) && await git.IsInAsync(repository, commit, head.Commit, cancellationToken)
                && (newest is null || await git.IsInAsync(repository, newest.Value.Commit, commit, cancellationToken)))
            {
                newest = (item, commit);
            }
        }

        if (newest is not var (last, wanted)
            || (await runs.NewestOfRefAsync(pushed.Repository, pushed.Ref, cancellationToken) is { } known
                && await git.IsInAsync(repository, wanted, known.Commit, cancellationToken)))
        {
            return null;
        }

        return (pushed with { Events = [.. earlier.Where(e => e != last), last] }, head with { Commit = wanted });
    }
}
