using Barcelona.GitOps.Aws.Converging;
using Barcelona.GitOps.Aws.Rollouts;
using Barcelona.GitOps.Core.Planning;
using Barcelona.GitOps.Core.Templates;

namespace Barcelona.GitOps.Reconciliation.Releases;

/// <summary>
/// Says how a run ended. Success if and only if the task definitions that this release asked for are the ones that run;
/// a rolled-back deployment is a failure, with its cause.
/// </summary>
public sealed class Judge(DeploymentWatcher watcher, CauseFinder causes, StackConverger stacks)
{
    /// <summary>What came of the stack operations that this run began.</summary>
    /// <returns>Null: nothing ended badly.</returns>
    public async Task<Outcome?> OwnOperationsAsync(ActiveRun run, PlannedRelease release, ObservedState observed, CancellationToken cancellationToken)
    {
        // Judged before, and stopped while cleaning up: then the cleaning is what is left to do.
        var known = run.Row.Cause is { } said ? new Outcome.Failed(said, run.Progress.Evidence) : null;
        foreach (var stack in new[] { observed.HeritageStack, observed.AppStack }.OfType<ObservedStack>())
        {
            if (!EndedBadly(stack.Status) || run.Progress.Operations.GetValueOrDefault(stack.Name.Value) is not { } operation)
            {
                continue;
            }

            if (known is not null)
            {
                await CleanUpAsync(run, release, stack, known, cancellationToken);
                continue;
            }

            // Written down and perhaps never begun, or left like this by an earlier run: the stack's own events know.
            var failure = new RolloutFailure(release, Expected(run, release, stack), operation.Token);
            if (await causes.OfStackAsync(run.Row, failure, cancellationToken) is { } cause)
            {
                await CleanUpAsync(run, release, stack, cause, cancellationToken);
                return cause;
            }
        }

        return known;
    }

    /// <summary>Every stack is as it should be: do the services run what they were told to?</summary>
    public async Task<Outcome> RolloutAsync(ActiveRun run, PlannedRelease release, ObservedState observed, CancellationToken cancellationToken)
    {
        if (observed.AppStack is not { } stack)
        {
            return new Outcome.Converged(run.Progress.Wrote);
        }

        var expected = Expected(run, release, stack);
        var reading = await watcher.ReadAsync(release.Wanted.Session, expected, cancellationToken);
        if (reading.IsConverged)
        {
            return new Outcome.Converged(run.Progress.Wrote);
        }

        var token = run.Progress.Operations.GetValueOrDefault(stack.Name.Value)?.Token ?? "";
        return reading.HasFailed
            ? await causes.OfRolloutAsync(run.Row, new(release, expected, token), reading, cancellationToken)
            : new Outcome.InProgress(Patience.WhileWorking(run.Progress.Looks), Describe(reading));
    }

    /// <summary>
    /// After a roll-back the stack's parameters name the old revisions again, so what this run registered is remembered by the run.
    /// </summary>
    private static ExpectedRollout Expected(ActiveRun run, PlannedRelease release, ObservedStack stack) => new(
        stack.Parameters.GetValueOrDefault(StackKeys.ClusterParameter, release.Desired.AppStack.Parameters.GetValueOrDefault(StackKeys.ClusterParameter, "")),
        stack,
        [
            .. release.Desired.TaskDefinitions.Select(t => new ExpectedService(
                t.Service,
                release.Desired.Services[t.Service],
                run.Progress.Revisions.GetValueOrDefault(t.Service) ?? stack.Parameters.GetValueOrDefault(t.ParameterName, ""))),
        ]);

    private static string Describe(RolloutReading reading) => string.Join("; ", reading.Services.Select(s => $"{s.Service.Name}: {s.State.Text}"));

    private static bool EndedBadly(StackStatus status) =>
        status is StackStatus.CreateFailed or StackStatus.RollbackComplete or StackStatus.RollbackFailed or StackStatus.UpdateRollbackComplete;

    /// <summary>A first deploy that failed leaves a stack that holds nothing and can only be deleted. Log group and roles are another stack, and stay.</summary>
    private async Task CleanUpAsync(ActiveRun run, PlannedRelease release, ObservedStack stack, Outcome.Failed cause, CancellationToken cancellationToken)
    {
        if (StackStatusTable.MoveFor(stack.Status).Move == StackMove.DeleteAndCreate)
        {
            // The cause goes on record first: once the stack is gone, nobody could find it any more.
            await run.FinishAsync(run.Row with { Cause = cause.Cause }, run.Progress with { Evidence = cause.Evidence }, cancellationToken);
            await stacks.StartAsync(release.Wanted.Session, new PlanStep.DeleteFailedStack(stack.Name, stack.Id, stack.Status), $"{run.Row.Id}-cleanup", cancellationToken);
            await run.WroteAsync($"stack {stack.Name}: delete what failed", cancellationToken);
        }
    }
}
