using Barcelona.GitOps.Aws;
using Barcelona.GitOps.Aws.Observing;
using Barcelona.GitOps.Aws.Rollouts;
using Barcelona.GitOps.Core.Planning;
using Barcelona.GitOps.Core.Reports;
using Barcelona.GitOps.Reconciliation.Releases;
using Barcelona.GitOps.Reconciliation.Reporting;
using Barcelona.GitOps.Reconciliation.Running;

namespace Barcelona.GitOps.Reconciliation.GivingUp;

/// <summary>
/// Follows what a run has begun when it may ask for nothing more: consent was taken back, a file cannot be read, a right is missing. AWS goes on
/// all the same, so that the verdict is what then runs, and not what stands against it. It needs nothing but the run's own record.
/// </summary>
public sealed class BegunReleases(
    AwsSessions sessions, AwsStateReader state, OwnOperations operations, DeploymentWatcher watcher, CauseFinder causes, FailFast failFast,
    Stopping stopping, ReleaseRecorder recorder, RunReporter reporter, TimeProvider clock)
{
    /// <param name="why">What stands against the release by now.</param>
    /// <returns>Null: nothing of it is under way, and what it asks for does not run. Then it ends by what stands against it.</returns>
    public async Task<Outcome?> LookAsync(ActiveRun run, string why, CancellationToken cancellationToken)
    {
        if (run.Progress is not { Operations.IsEmpty: false, Place: { } place })
        {
            return null;
        }

        var session = SessionOf(run, place);
        var trouble = Redactor.Redact(why);
        try
        {
            var stacks = await StacksAsync(run, session, cancellationToken);
            var found = run.Row.CancelAskedAt is null
                ? await JudgeAsync(run, session, stacks, cancellationToken)
                : await stopping.PassAsync(run, session, stacks.AppStack, cancellationToken);
            return found is Outcome.InProgress waiting ? await WaitAsync(run, waiting, trouble, cancellationToken) : found;
        }
        catch (AwsDeniedException denied)
        {
            // Nobody sees whether AWS is at rest: somebody may grant the right before the run's time is up.
            var waiting = run.Waiting(denied.Message);
            return await WaitAsync(run, waiting, Redactor.Redact(denied.Message), cancellationToken);
        }
    }

    /// <summary>
    /// The run's time is up. What it has begun on the app stack and AWS is still at work on is given up: nobody else would end it for hours, and
    /// every later run would wait for it.
    /// </summary>
    /// <returns>Null: nothing is known but that time is up. What runs by then is a success all the same.</returns>
    public async Task<Outcome?> TimeIsUpAsync(ActiveRun run, TimeSpan after, CancellationToken cancellationToken)
    {
        if (run is not { Row.CancelAskedAt: null, Progress: { Operations.IsEmpty: false, Place: { } place, Failing: not { IsGivenUp: true } } })
        {
            return null;
        }

        var session = SessionOf(run, place);
        var app = (await StacksAsync(run, session, cancellationToken)).AppStack;
        if (app is null || run.Progress.OperationOn(app.Name) is not { } own || !own.IsOf(app))
        {
            return null;
        }

        var expected = app.Outputs.IsEmpty
            ? RunningServices.OfNew(app, run.Progress.Revisions)
            : RunningServices.Given(app, run.Progress.Revisions);
        var reading = await watcher.ReadAsync(session, expected, cancellationToken);
        if (reading.IsConverged && StackStatusTable.IsDone(app.Status))
        {
            // Nobody looked in time, as when the service itself was down: the verdict is what runs.
            return await ConvergedAsync(run, app, cancellationToken);
        }

        var failure = new RolloutFailure(session, expected, own.Token) { TimedOutAfter = after };
        var seen = await causes.OfRolloutAsync(run.Row, failure, reading, cancellationToken);
        var late = new FailureCause.Timeout(after, []).Headline;
        var cause = seen.Cause.StartsWith(late, StringComparison.Ordinal) ? seen : seen with { Cause = $"{seen.Cause} {late}" };
        return app.Status is StackStatus.CreateInProgress or StackStatus.UpdateInProgress
            ? await failFast.GiveUpAsync(run, session, (app, cause), cancellationToken)
            : cause;
    }

    /// <summary>
    /// What the run has taken over from an older one, and would leave to nobody by ending: that comes to its end first, or is given up by the rules
    /// by which its own run would have.
    /// </summary>
    /// <param name="why">What stands against the run.</param>
    /// <returns>Null: nothing of it is under way.</returns>
    public async Task<Outcome?> TakenOverAsync(ActiveRun run, string why, CancellationToken cancellationToken)
    {
        var trouble = Redactor.Redact(why);
        try
        {
            return await LookAtTakenOverAsync(run, cancellationToken) is { } waiting ? await WaitAsync(run, waiting, trouble, cancellationToken) : null;
        }
        catch (AwsDeniedException denied)
        {
            return await WaitAsync(run, run.Waiting(denied.Message), trouble, cancellationToken);
        }
    }

    /// <summary>
    /// While the run waits for something else, nobody but it looks at what it has taken over. Once that is at rest it is nobody's: what is begun
    /// on the stack afterwards is somebody's own doing.
    /// </summary>
    /// <returns>Null: nothing of it is under way.</returns>
    public async Task<Outcome.InProgress?> LookAtTakenOverAsync(ActiveRun run, CancellationToken cancellationToken)
    {
        if (run.Progress.TakenOver is not { } place)
        {
            return null;
        }

        var session = SessionOf(run, place);
        if ((await StacksAsync(run, session, cancellationToken)).AppStack is { } app)
        {
            if (run.Progress.OperationOn(app.Name)?.IsOf(app) == true)
            {
                return null;
            }

            if (await LeftAsync(run, session, app, cancellationToken) is { } waiting)
            {
                return waiting;
            }
        }

        await run.UpdateAsync(run.Progress with { TakenOver = null }, cancellationToken);
        return null;
    }

    /// <returns>Null: it is at rest, and on record.</returns>
    private async Task<Outcome.InProgress?> LeftAsync(ActiveRun run, AwsSession session, ObservedStack app, CancellationToken cancellationToken)
    {
        if (StackStatusTable.MoveFor(app.Status).Move == StackMove.Wait)
        {
            var cleared = app.Status is StackStatus.CreateInProgress or StackStatus.UpdateInProgress
                ? await failFast.ClearAsync(run, session, RunningServices.Of(app) with { Services = [] }, cancellationToken)
                : null;
            return cleared ?? run.Waiting(app.Name, app.Status);
        }

        if (StackStatusTable.IsDone(app.Status) && (await watcher.ReadAsync(session, RunningServices.Of(app), cancellationToken)).IsConverged)
        {
            await recorder.ConfirmGivenAsync(run, app, cancellationToken);
        }

        return null;
    }

    private async Task<Outcome?> JudgeAsync(ActiveRun run, AwsSession session, ObservedState stacks, CancellationToken cancellationToken)
    {
        if (await failFast.BackAsync(run, session, stacks.AppStack, cancellationToken) is { } back)
        {
            return back;
        }

        ObservedStack[] own =
            [.. new[] { stacks.HeritageStack, stacks.AppStack }.OfType<ObservedStack>().Where(s => run.Progress.OperationOn(s.Name) is not null)];
        if (own.FirstOrDefault(s => StackStatusTable.MoveFor(s.Status).Move == StackMove.Wait) is { } busy)
        {
            return run.Waiting(busy.Name, busy.Status);
        }

        var judged = new StacksToJudge(
            session,
            own,
            (stack, token) => causes.OfStackAsync(
                run.Row, new(session, RunningServices.OfNew(stack, run.Progress.Revisions), token), cancellationToken));
        return await operations.JudgeAsync(run, judged, cancellationToken) is { } ended ? ended
            : stacks.AppStack is { } app && StackStatusTable.IsDone(app.Status) && run.Progress.OperationOn(app.Name)?.IsOf(app) == true
                ? await RolloutAsync(run, session, app, cancellationToken)
                : null;
    }

    private async Task<Outcome> RolloutAsync(ActiveRun run, AwsSession session, ObservedStack app, CancellationToken cancellationToken)
    {
        var expected = RunningServices.Given(app, run.Progress.Revisions);
        var reading = await watcher.ReadAsync(session, expected, cancellationToken);
        if (reading.IsConverged)
        {
            return await ConvergedAsync(run, app, cancellationToken);
        }

        return reading.HasFailed
            ? await causes.OfRolloutAsync(run.Row, new(session, expected, run.Progress.OperationOn(app.Name)?.Token ?? ""), reading, cancellationToken)
            : run.Waiting(reading.Text);
    }

    /// <summary>Nobody expects it: the check says it while it lasts.</summary>
    private async Task<Outcome> WaitAsync(ActiveRun run, Outcome.InProgress waiting, string trouble, CancellationToken cancellationToken)
    {
        var step = $"nothing more is asked for: {trouble} What AWS has begun is followed to its end";
        if (run.Progress.Steps.All(s => s.Text != step))
        {
            await run.UpdateAsync(
                run.Progress with { Steps = run.Progress.Steps.Add(new(clock.GetUtcNow(), step)), HasNews = true }, cancellationToken);
            await reporter.ProgressAsync(run, cancellationToken);
        }

        return waiting with { Trouble = trouble };
    }

    private async Task<Outcome> ConvergedAsync(ActiveRun run, ObservedStack app, CancellationToken cancellationToken)
    {
        await recorder.ConfirmGivenAsync(run, app, cancellationToken);
        return new Outcome.Converged(run.Progress.Wrote);
    }

    private Task<ObservedState> StacksAsync(ActiveRun run, AwsSession session, CancellationToken cancellationToken) =>
        state.ReadStacksAsync(session, new(run.Row.District, run.Row.Heritage), cancellationToken);

    private AwsSession SessionOf(ActiveRun run, AwsPlace place) =>
        sessions.For(place, new SessionPurpose(run.Row.Repository, run.Row.Commit, run.Row.Actor));
}
