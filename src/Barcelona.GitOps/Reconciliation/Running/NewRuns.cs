using Barcelona.GitOps.Storage;
using Barcelona.GitOps.Storage.History;
using Barcelona.GitOps.Storage.Work;

namespace Barcelona.GitOps.Reconciliation.Running;

/// <summary>
/// Makes runs. Each with the wish for its lane, both or neither: a run that nobody works on looks like one under way to whoever tells of it again,
/// and would wait for the sweep.
/// </summary>
public sealed class NewRuns(Database database, Runs runs, Lanes lanes)
{
    /// <returns>The run, or the one that the same trigger made before.</returns>
    public async Task<Run> MakeAsync(NewRun wanted, DateTimeOffset due, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginAsync(cancellationToken);
        var run = await runs.CreateAsync(wanted, transaction, cancellationToken);
        await lanes.WantManyAsync([LaneKeys.OfRun(run, due)], transaction, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return run;
    }
}
