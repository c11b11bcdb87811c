using Barcelona.GitOps.Aws;
using Barcelona.GitOps.Aws.Rollouts;
using Barcelona.GitOps.Core.Planning;
using Barcelona.GitOps.Reconciliation.Running;
using Barcelona.GitOps.Storage.History;

namespace Barcelona.GitOps.Reconciliation.Releases;

/// <summary>
/// A restart is of what runs. The record may be behind: an update that nobody looked after any more can have come to its end since.
/// </summary>
public sealed class RestartCheck(DeploymentWatcher watcher, ReleaseRecorder recorder)
{
    /// <returns>Null: the stack has the release that is to be restarted, or is not at rest yet.</returns>
    public async Task<Outcome?> RefusalAsync(ActiveRun run, AwsSession session, ObservedStack? app, CancellationToken cancellationToken)
    {
        if (run.Row.Kind != RunKind.Restart || app is null || !StackStatusTable.IsDone(app.Status)
            || ReleaseRecorder.NumberOf(app) is not (> 0 and var number) || number == run.Row.OfRelease || number == run.Progress.Release)
        {
            return null;
        }

        var reading = await watcher.ReadAsync(session, RunningServices.Of(app), cancellationToken);
        if (!reading.IsConverged)
        {
            return new Outcome.Refused(
                $"Stack {app.Name} has release {number}, and not release {run.Row.OfRelease}, the last that was seen to run: "
                + $"{reading.Text}. Deploy or roll back first.");
        }

        await recorder.ConfirmGivenAsync(run, app, cancellationToken);
        return new Outcome.Refused($"Release {number} runs, and not release {run.Row.OfRelease}, which was the last on record. Restart once more.");
    }
}
