using Barcelona.GitOps.Aws;
using Barcelona.GitOps.Aws.Converging;
using Barcelona.GitOps.Aws.Rollouts;
using Barcelona.GitOps.Core.Planning;
using Barcelona.GitOps.Core.Templates;
using Barcelona.GitOps.Reconciliation.Acts;
using Barcelona.GitOps.Reconciliation.GivingUp;
using Barcelona.GitOps.Reconciliation.Running;

namespace Barcelona.GitOps.Reconciliation.Releases;

/// <summary>
/// Ends a run that somebody wants to stop: an update that it began is given up, a creation is taken back, and what AWS was really left with is
/// said. So is what a run that is over has left at work. The heritage's own stack, logs and roles, is left to come to its end.
/// </summary>
public sealed class Stopping(
    UpdateCancellation updates, StackConverger stacks, DeploymentWatcher watcher, CauseFinder causes, BeginnerOfOperation beginners,
    ReleaseRecorder recorder)
{
    /// <param name="app">As it was read in this pass.</param>
    public async Task<Outcome> PassAsync(ActiveRun run, AwsSession session, ObservedStack? app, CancellationToken cancellationToken)
    {
        var target = new DeployTarget(run.Row.District, run.Row.Heritage);
        var own = app is null ? null : run.Progress.OperationOn(app.Name);
        var mayEnd = own is not null || run.Progress.Wrote || run.Progress.TakenOver is not null
            || (app is { Status: StackStatus.UpdateInProgress or StackStatus.CreateInProgress }
                && await beginners.IsOverAsync(run, app, cancellationToken));
        return app switch
        {
            null or { Status: StackStatus.DeleteComplete } => Ended(run, $"Nothing runs of {target}."),
            { Status: StackStatus.UpdateInProgress } when mayEnd => await GiveUpAsync(run, session, app, cancellationToken),
            { } when mayEnd && IsUnfinishedCreation(app.Status) =>
                await TakeBackAsync(run, session, (app, own?.Token ?? ""), cancellationToken),
            _ when StackStatusTable.MoveFor(app.Status).Move == StackMove.Wait => !mayEnd
                ? Ended(run, $"It had changed nothing. What an earlier run began on stack {app.Name} goes on ({app.Status}).")
                : run.Waiting(app.Name, app.Status),
            _ => await LeftAsync(run, session, (app, own), cancellationToken),
        };
    }

    /// <summary>It failed before anybody could stop it, perhaps: it goes all the same.</summary>
    private static bool IsUnfinishedCreation(StackStatus status) =>
        status is StackStatus.CreateInProgress or StackStatus.CreateFailed or StackStatus.RollbackComplete or StackStatus.RollbackFailed;

    private async Task<Outcome> GiveUpAsync(ActiveRun run, AwsSession session, ObservedStack app, CancellationToken cancellationToken)
    {
        await run.HoldAsync(cancellationToken);
        var outcome = await updates.StartAsync(session, app, $"{run.Row.Id}-cancel", cancellationToken);
        if (outcome is StepOutcome.Started)
        {
            await run.WroteAsync($"stack {app.Name}: give the update up", cancellationToken);
        }

        return run.Waiting(app.Name, app.Status);
    }

    /// <summary>What could be seen of it is kept: once the stack is gone, nobody finds it any more.</summary>
    private async Task<Outcome> TakeBackAsync(
        ActiveRun run, AwsSession session, (ObservedStack Stack, string Token) begun, CancellationToken cancellationToken)
    {
        var expected = RunningServices.OfNew(begun.Stack, run.Progress.Revisions);
        var reading = await watcher.ReadAsync(session, expected, cancellationToken);
        var seen = await causes.OfRolloutAsync(run.Row, new(session, expected, begun.Token), reading, cancellationToken);
        await run.UpdateAsync(run.Progress with { Evidence = seen.Evidence }, cancellationToken);
        var step = new PlanStep.DeleteStack(begun.Stack.Name, begun.Stack.Id);
        var outcome = await stacks.StartAsync(session, step, $"{run.Row.Id}-cancel", cancellationToken);
        if (outcome is StepOutcome.Refused(var reason))
        {
            return Ended(run, StuckStacks.NotTakenBack(begun.Stack, reason));
        }

        if (outcome is StepOutcome.Started)
        {
            await run.WroteAsync($"stack {begun.Stack.Name}: take the creation back", cancellationToken);
        }

        return run.Waiting($"{begun.Stack.Name} is being taken back");
    }

    /// <summary>At rest, by what its services run and not by what its parameters say alone.</summary>
    private async Task<Outcome> LeftAsync(
        ActiveRun run, AwsSession session, (ObservedStack Stack, StackOperation? Own) left, CancellationToken cancellationToken)
    {
        var (stack, own) = left;
        if (!StackStatusTable.IsDone(stack.Status))
        {
            return Ended(run, $"Stack {stack.Name} is {stack.Status}. {StackStatusTable.MoveFor(stack.Status).What}");
        }

        var reading = await watcher.ReadAsync(session, RunningServices.Of(stack), cancellationToken);
        if (reading is { IsConverged: false, HasFailed: false })
        {
            return run.Waiting("the services go back to what ran before");
        }

        if (reading.IsConverged)
        {
            await recorder.ConfirmGivenAsync(run, stack, cancellationToken);
        }

        var what = $"{run.Row.District}/{run.Row.Heritage}";
        var release = ReleaseRecorder.NumberOf(stack) is > 0 and var number ? $" (release {number})" : "";
        var image = stack.Parameters.GetValueOrDefault(StackKeys.ImageParameter, "");
        var isOurs = own?.Sent?.GetValueOrDefault(StackKeys.FingerprintParameter) is { } sent
            && sent == stack.Parameters.GetValueOrDefault(StackKeys.FingerprintParameter);
        return Ended(run, (isOurs, reading.IsConverged) switch
        {
            (true, true) => $"It was too late: {what} runs {image}{release}.",
            (_, true) => $"{what} still runs {image}{release}.",
            _ => $"{what} is to run {image}{release}: {reading.Text}.",
        });
    }

    private static Outcome.Cancelled Ended(ActiveRun run, string what) => new($"{Cancellations.By(run.Row.CancelAskedBy)}. {what}");
}
