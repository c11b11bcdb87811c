using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Templates;
using Barcelona.GitOps.Core.Triggers;
using Barcelona.GitOps.Storage.History;

namespace Barcelona.GitOps.Reconciliation.Releases;

/// <summary>At most one run of a target goes on: the newest wins, and the others learn by which commit they were overtaken.</summary>
public sealed partial class RunQueue(Runs runs, ILogger<RunQueue> logger)
{
    /// <returns>The run to work on; null when none is waiting.</returns>
    public async Task<Run?> PickAsync(DeployTarget target, CancellationToken cancellationToken)
    {
        var active = await runs.ActiveForTargetAsync(target.District, target.Heritage, cancellationToken);
        if (active.Count == 0)
        {
            return null;
        }

        var winner = active.Aggregate(static (best, next) => Overtakes(next, best) ? next : best);
        if (active.Count > 1)
        {
            foreach (var overtaken in await runs.SupersedeOlderAsync(winner, winner.Commit, within: null, cancellationToken))
            {
                LogSuperseded(overtaken.Id, overtaken.Commit, winner.Commit);
            }
        }

        return winner;
    }

    // Between two tags the version decides, not the order in which GitHub told of them; else the later accepted is the newer.
    private static bool Overtakes(Run next, Run best) =>
        ReleaseOrder.Check(new(next.Ref, next.CreatedAt), new(best.Ref, best.CreatedAt)) is ReleaseVerdict.Proceed;

    [LoggerMessage(LogLevel.Information, "Run {RunId} of {Overtaken} is superseded by {Winner}")]
    private partial void LogSuperseded(string runId, CommitSha overtaken, CommitSha winner);
}
