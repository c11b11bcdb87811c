using Barcelona.GitOps.Core.Planning;
using Barcelona.GitOps.Core.Templates;
using Barcelona.GitOps.Reconciliation.Releases;
using Barcelona.GitOps.Reconciliation.Running;
using Barcelona.GitOps.Storage.History;

namespace Barcelona.GitOps.Reconciliation.GivingUp;

/// <summary>Whose operation goes on on an app stack: the run of the release whose number the stack says.</summary>
public sealed class BeginnerOfOperation(ReleaseHistory releases, Runs runs, TimeProvider clock)
{
    /// <summary>
    /// Nobody looks after it any more. One that nobody remembers counts as such; what goes on after a release has succeeded is somebody's own doing.
    /// </summary>
    public async Task<bool> IsOverAsync(ActiveRun waiting, ObservedStack app, CancellationToken cancellationToken) =>
        await FindAsync(waiting, app, cancellationToken) is not { } run || (run.State.IsFinal() && run.State != RunState.Succeeded);

    /// <summary>
    /// The time that it had is up, and so it is not cut short by who comes after it. Of what no run is known to have begun: half of the time of
    /// who waits.
    /// </summary>
    /// <returns>What is given up, and why; null: it has time yet.</returns>
    public async Task<string?> WhyTimeIsUpAsync(ActiveRun waiting, ObservedStack app, CancellationToken cancellationToken)
    {
        var run = await FindAsync(waiting, app, cancellationToken);
        var isByHand = run is { State: RunState.Succeeded };
        var until = run is null || isByHand
            ? waiting.Row.StartedAt + (ActiveRun.DefaultTimeout / 2)
            : RunProgress.Parse(run.Detail).Deadline ?? run.StartedAt + ActiveRun.DefaultTimeout;
        return clock.GetUtcNow() <= until ? null
            : isByHand ? "an update that no release began is given up, since it does not end"
            : $"{ReleaseOf(app)} is given up, its time is up";
    }

    /// <summary>For people: the release that a stack says it is.</summary>
    public static string ReleaseOf(ObservedStack app) => $"release {app.Parameters.GetValueOrDefault(StackKeys.ReleaseParameter)}";

    private async Task<Run?> FindAsync(ActiveRun waiting, ObservedStack app, CancellationToken cancellationToken)
    {
        var target = new DeployTarget(waiting.Row.District, waiting.Row.Heritage);
        return ReleaseRecorder.NumberOf(app) is > 0 and var number && await releases.FindAsync(target, number, cancellationToken) is { RunId: { } id }
            ? await runs.GetAsync(id, cancellationToken)
            : null;
    }
}
