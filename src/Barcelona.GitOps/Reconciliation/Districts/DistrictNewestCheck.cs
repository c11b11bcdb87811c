using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.GitHub;
using Barcelona.GitOps.GitHub.Http;
using Barcelona.GitOps.Reconciliation.Intake;
using Barcelona.GitOps.Reconciliation.Platform;
using Barcelona.GitOps.Reconciliation.Running;
using Barcelona.GitOps.Storage.Work;

namespace Barcelona.GitOps.Reconciliation.Districts;

/// <summary>
/// Asked before the first write of each pass: does the head of the default branch still say of this district what the run's commit says?
/// </summary>
public sealed class DistrictNewestCheck(GitHubClients gitHub, PlatformRepository platform, Lanes lanes, TimeProvider clock)
{
    /// <returns>Null: go on.</returns>
    public async Task<Outcome?> RefusalAsync(ActiveRun run, WantedDistrict wanted, CancellationToken cancellationToken)
    {
        var row = run.Row;
        CommitSha? head;
        try
        {
            head = await (await gitHub.ForAsync(row.Installation, row.Repository, cancellationToken)).HeadAsync(row.Ref, cancellationToken);
        }
        catch (GitHubUnavailableException) when (run.Progress.Wrote)
        {
            // What has begun is finished, also while GitHub is away: half a network helps nobody.
            return null;
        }

        if (head is null)
        {
            return new Outcome.Cancelled($"{row.Ref.ShortName} was deleted.");
        }

        if (head == row.Commit
            || await platform.HashAtAsync(new CommitSubject(row.Installation, row.Repository, head), row.District, cancellationToken) == wanted.Hash)
        {
            return null;
        }

        // Its delivery may have been lost: the sweep sees to it that the head gets its run.
        await lanes.WantAsync(LaneKinds.Sweep, "github", clock.GetUtcNow(), within: null, cancellationToken);
        return new Outcome.Superseded(head, $"{row.Ref.ShortName} is at {head.Abbreviated} now.");
    }
}
