using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Planning;
using Barcelona.GitOps.Core.Templates;
using Barcelona.GitOps.Core.Triggers;
using Barcelona.GitOps.Git;
using Barcelona.GitOps.GitHub;
using Barcelona.GitOps.GitHub.Http;
using Barcelona.GitOps.Reconciliation.Intake;
using Barcelona.GitOps.Reconciliation.Running;
using Barcelona.GitOps.Storage.Work;

namespace Barcelona.GitOps.Reconciliation.Heads;

/// <summary>Asked before the first write of each pass: is this still what the ref says, and not older than what runs?</summary>
public sealed class NewestCheck(GitHubClients gitHub, RefResolver refs, NewerHead newer, Lanes lanes, TimeProvider clock)
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

        if (observed.AppStack?.Parameters.GetValueOrDefault(StackKeys.RefParameter) is not { } text
            || !GitRef.TryParse(text, out var deployed) || deployed.IsBranch || deployed == run.Ref)
        {
            return null;
        }

        // A tag that is gone cannot be asked for its date; then only the versions count.
        var current = await refs.ResolveAsync(run.Installation, run.Repository, deployed, cancellationToken);
        var verdict = ReleaseOrder.Check(new(run.Ref, incoming.Date), new(deployed, current?.Date ?? DateTimeOffset.MinValue));
        return verdict is ReleaseVerdict.Older(var reason) ? new Outcome.Superseded(current?.Commit, reason + ".") : null;
    }
}
