using Barcelona.GitOps.Aws;
using Barcelona.GitOps.Aws.Converging;
using Barcelona.GitOps.Core.Planning;

namespace Barcelona.GitOps.Reconciliation.Running;

/// <summary>
/// What came of the stack operations that a run began. Judged before anything new is planned: a roll-back must not be tried again for ever.
/// </summary>
public sealed class OwnOperations(StackConverger stacks, StuckStacks stuck)
{
    /// <returns>Null: nothing ended badly.</returns>
    public async Task<Outcome?> JudgeAsync(ActiveRun run, StacksToJudge judged, CancellationToken cancellationToken)
    {
        // Judged before, and stopped while cleaning up: then the cleaning is what is left to do.
        var known = run.Row.Cause is { } said ? new Outcome.Failed(said, run.Progress.Evidence) : null;
        foreach (var stack in judged.Stacks)
        {
            if (run.Progress.OperationOn(stack.Name) is not { } operation || !EndedBadly(stack.Status))
            {
                continue;
            }

            if (known is not null)
            {
                known = await CleanUpAsync(run, judged.Session, stack, known, cancellationToken);
                continue;
            }

            // Written down and perhaps never begun, or left like this by an earlier run: the stack's own events know.
            if (await judged.CauseOf(stack, operation.Token) is { } found)
            {
                var told = found with { WentBack = stack.Status == StackStatus.UpdateRollbackComplete };
                var cause = stack.Status == StackStatus.DeleteFailed
                    ? await stuck.AskAsync(judged.Session, (stack.Name, stack.Status), told, cancellationToken)
                    : told;
                return await CleanUpAsync(run, judged.Session, stack, cause, cancellationToken);
            }
        }

        return known;
    }

    private static bool EndedBadly(StackStatus status) => status is StackStatus.CreateFailed or StackStatus.RollbackComplete
        or StackStatus.RollbackFailed or StackStatus.UpdateRollbackComplete or StackStatus.DeleteFailed;

    /// <summary>A creation that failed leaves a stack that holds nothing and can only be deleted.</summary>
    /// <returns>The cause, and what CloudFormation has against the deletion.</returns>
    private async Task<Outcome.Failed> CleanUpAsync(
        ActiveRun run, AwsSession session, ObservedStack stack, Outcome.Failed cause, CancellationToken cancellationToken)
    {
        if (stack.Status == StackStatus.DeleteFailed || StackStatusTable.MoveFor(stack.Status).Move != StackMove.DeleteAndCreate)
        {
            return cause;
        }

        // The cause goes on record first: once the stack is gone, nobody could find it any more.
        await run.UpdateAsync(
            run.Row with { Cause = cause.Cause }, run.Progress with { Evidence = cause.Evidence, Remark = cause.Remark }, cancellationToken);
        var step = new PlanStep.DeleteFailedStack(stack.Name, stack.Id, stack.Status);
        switch (await stacks.StartAsync(session, step, $"{run.Row.Id}-cleanup", cancellationToken))
        {
            case StepOutcome.Started:
                await run.WroteAsync($"stack {stack.Name}: delete what failed", cancellationToken);
                return cause;
            case StepOutcome.Refused(var reason):
                return cause with { Cause = $"{cause.Cause} {StuckStacks.NotTakenBack(stack, reason)}" };
            default:
                return cause;
        }
    }
}

/// <param name="CauseOf">By stack and token: null when its events know nothing of an operation with this token, so that it is not ours.</param>
public sealed record StacksToJudge(AwsSession Session, IEnumerable<ObservedStack> Stacks, Func<ObservedStack, string, Task<Outcome.Failed?>> CauseOf);
