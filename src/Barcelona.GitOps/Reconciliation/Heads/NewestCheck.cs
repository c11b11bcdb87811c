using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Planning;
using Barcelona.GitOps.Core.Templates;
using Barcelona.GitOps.Core.Triggers;
using Barcelona.GitOps.Git;
using Barcelona.GitOps.GitHub;
using Barcelona.GitOps.GitHub.Http;
using Barcelona.GitOps.Reconciliation.Intake;
using Barcelona.GitOps.Reconciliation.Running;
using Barcelona.GitOps.Storage.History;
using Barcelona.GitOps.Storage.Work;

namespace Barcelona.GitOps.Reconciliation.Heads;

/// <summary>
/// Asked before a run overtakes another, and before the first write of each pass: is this still what the ref says, and not older than what runs?
/// </summary>
public sealed class NewestCheck(GitHubClients gitHub, RefResolver refs, NewerHead newer, Runs runs, Lanes lanes, TimeProvider clock)
{
    /// <returns>Null: go on.</returns>
    public Task<Outcome?> RefusalAsync(ActiveRun run, ObservedState observed, CancellationToken cancellationToken) =>
        run.Row.Ref.IsBranch ? BranchAsync(run, observed, cancellationToken) : TagAsync(run, observed, cancellationToken);

    private async Task<Outcome?> BranchAsync(ActiveRun run, ObservedState observed, CancellationToken cancellationToken)
    {
        var row = run.Row;
        CommitSha? head;
        Outcome? refusal;
        try
        {
            var client = await gitHub.ForAsync(row.Installation, row.Repository, cancellationToken);
            head = await client.HeadAsync(row.Ref, cancellationToken);
            refusal = head is null ? new Outcome.Cancelled($"{row.Ref.ShortName} was deleted.")
                : head == row.Commit ? null
                : await newer.RefusalAsync(row, head, observed, cancellationToken);
        }
        catch (Exception e) when (run.Progress.Wrote && e is (GitHubUnavailableException or GitUnavailableException { IsTransient: true }))
        {
            // What has begun is finished, also while GitHub is away: half a release helps nobody.
            return null;
        }

        if (refusal is not null && head is not null)
        {
            // Its delivery may have been lost: the ref's own lane sees to it that the head gets its run.
            await lanes.WantAsync(LaneKinds.Sweep, "github", clock.GetUtcNow(), within: null, cancellationToken);
        }

        return refusal;
    }

    private async Task<Outcome?> TagAsync(ActiveRun active, ObservedState observed, CancellationToken cancellationToken)
    {
        var run = active.Row;
        ResolvedRef? incoming;
        try
        {
            incoming = await refs.ResolveAsync(run.Installation, run.Repository, run.Ref, cancellationToken);
        }
        catch (Exception e) when (active.Progress.Wrote && e is (GitHubUnavailableException or GitUnavailableException { IsTransient: true }))
        {
            return null;
        }

        if (incoming is null)
        {
            return new Outcome.Cancelled($"The tag {run.Ref.ShortName} was deleted.");
        }

        if (incoming.Commit != run.Commit)
        {
            return new Outcome.Superseded(incoming.Commit, $"The tag {run.Ref.ShortName} was moved to {incoming.Commit.Abbreviated}.");
        }

        foreach (var deployed in await DeployedTagsAsync(run, observed, cancellationToken))
        {
            // A tag that is gone cannot be asked for its date; then only the versions count.
            var current = deployed.IsDated ? await refs.ResolveAsync(run.Installation, run.Repository, deployed.Tag, cancellationToken) : null;
            var verdict = ReleaseOrder.Check(new(run.Ref, incoming.Date), new(deployed.Tag, current?.Date ?? DateTimeOffset.MinValue));
            if (verdict is ReleaseVerdict.Older(var reason))
            {
                return new Outcome.Superseded(current?.Commit ?? deployed.Commit, reason + ".");
            }
        }

        return null;
    }

    /// <summary>
    /// What the stack says, and tags that were deployed since and changed nothing, of which the stack says nothing. They count until something else
    /// is written: whoever goes back wants none of them, and a branch knows no order.
    /// </summary>
    private async Task<IReadOnlyList<DeployedTag>> DeployedTagsAsync(Run run, ObservedState observed, CancellationToken cancellationToken)
    {
        var found = new List<DeployedTag>();
        if (GitRef.TryParse(observed.AppStack?.Parameters.GetValueOrDefault(StackKeys.RefParameter), out var inStack))
        {
            found.Add(new(inStack, null, IsDated: true));
        }

        var since = (await runs.RecentOfTargetAsync(run, cancellationToken))
            .TakeWhile(r => !((r.IsRollback || (r.Kind == RunKind.Deploy && r.Ref.IsBranch)) && HasWritten(r)))
            .Where(r => r is { Kind: RunKind.Deploy, State: RunState.Succeeded } && r.Repository == run.Repository);

        // Of all but the last the versions alone are compared: each date is a question to git.
        found.AddRange(since.Select((r, i) => new DeployedTag(r.Ref, r.Commit, IsDated: i == 0)));
        return [.. found.Where(t => t.Tag.IsTag && t.Tag != run.Ref).DistinctBy(t => t.Tag)];
    }

    private static bool HasWritten(Run run) => run.State == RunState.Succeeded || RunProgress.Parse(run.Detail).Release is not null;

    private sealed record DeployedTag(GitRef Tag, CommitSha? Commit, bool IsDated);
}
