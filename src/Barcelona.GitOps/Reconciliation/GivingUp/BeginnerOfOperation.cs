using Barcelona.GitOps.Core.Planning;
using Barcelona.GitOps.Core.Templates;
using Barcelona.GitOps.Reconciliation.Releases;
using Barcelona.GitOps.Reconciliation.Running;
using Barcelona.GitOps.Storage.History;

namespace Barcelona.GitOps.Reconciliation.GivingUp;

/// <summary>Whose operation goes on on an app stack: the run of the release whose number the stack says.</summary>
public sealed class BeginnerOfOperation(ReleaseHistory releases, Runs runs, TimeProvider clock)
{
    /// <summary>Nobody looks after it any more. One that nobody remembers counts as such.</summary>
    public async Task<bool> IsOverAsync(ActiveRun waiting, ObservedStack app, CancellationToken cancellationToken) =>
        await FindAsync(waiting, app, cancellationToken) is not { } run || run.State.IsFinal();

    /// <summary>
    /// The time that it had is up, and so it is not cut short by who comes after it. Of one that nobody remembers: half of the time of who waits.
    /// </summary>
    public async Task<bool> IsTimeUpAsync(ActiveRun waiting, ObservedStack app, CancellationToken cancellationToken)
    {
        var until = await FindAsync(waiting, app, cancellationToken) is { } run
            ? RunProgress.Parse(run.Detail).Deadline ?? run.StartedAt + ActiveRun.DefaultTimeout
            : waiting.Row.StartedAt + (ActiveRun.DefaultTimeout / 2);
        return clock.GetUtcNow() > until;
    }

    private async Task<Run?> FindAsync(ActiveRun waiting, ObservedStack app, CancellationToken cancellationToken)
    {
        var target = new DeployTarget(waiting.Row.District, waiting.Row.Heritage);
        return ReleaseRecorder.NumberOf(app) is > 0 and var number && await releases.FindAsync(target, number, cancellationToken) is { RunId: { } id }
            ? await runs.GetAsync(id, cancellationToken)
            : null;
    }
}
