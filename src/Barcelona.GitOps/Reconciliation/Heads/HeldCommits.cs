using Barcelona.GitOps.Core.Planning;
using Barcelona.GitOps.Core.Templates;
using Barcelona.GitOps.Storage.History;

namespace Barcelona.GitOps.Reconciliation.Heads;

/// <summary>A commit that was rolled back from is not deployed again by itself, as long as the stack has the hold.</summary>
public sealed class HeldCommits(Runs runs)
{
    /// <returns>Null: it is not held.</returns>
    public async Task<Outcome?> RefusalAsync(Run run, ObservedStack? app, CancellationToken cancellationToken)
    {
        if (run.Kind != RunKind.Deploy || StackMemory.HoldOf(app?.Parameters) is not { } hold)
        {
            return null;
        }

        // Where two commits asked for the same, the stack names the later one, and the rollback's check is on the one that made the release.
        var isHeld = hold == run.Commit || (await runs.RecentOfTargetAsync(run, cancellationToken))
            .FirstOrDefault(r => r.IsRollback && r.Hold == hold)?.CheckCommit == run.Commit;
        return isHeld
            ? new Outcome.Held($"{run.District}/{run.Heritage} was rolled back from {run.Commit.Abbreviated}, which is not deployed again by itself.")
            : null;
    }
}
