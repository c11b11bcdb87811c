using System.Collections.Immutable;
using Barcelona.GitOps.Aws.Rollouts;
using Barcelona.GitOps.Core.Planning;
using Barcelona.GitOps.Core.Templates;
using Barcelona.GitOps.Reconciliation.Running;

namespace Barcelona.GitOps.Reconciliation.Releases;

/// <summary>
/// Says how a run ended. Success if and only if the task definitions that this release asked for are the ones that run;
/// a rolled-back deployment is a failure, with its cause.
/// </summary>
public sealed class Judge(DeploymentWatcher watcher, CauseFinder causes, OwnOperations operations)
{
    /// <summary>What came of the stack operations that this run began.</summary>
    /// <returns>Null: nothing ended badly.</returns>
    public async Task<Outcome?> OwnOperationsAsync(ActiveRun run, PlannedRelease release, ObservedState observed, CancellationToken cancellationToken)
    {
        var stacks = new[] { observed.HeritageStack, observed.AppStack }.OfType<ObservedStack>();
        var session = release.Wanted.Session;
        return await operations.JudgeAsync(
            run,
            new(
                session,
                stacks,
                (stack, token) => causes.OfStackAsync(
                    run.Row,
                    new(session, Expected(release, stack, run.Progress.Revisions), token) { Environment = release.Wanted.Environment },
                    cancellationToken)),
            cancellationToken);
    }

    /// <summary>Every stack is as it should be: do the services run what they were told to?</summary>
    public async Task<Outcome> RolloutAsync(ActiveRun run, PlannedRelease release, ObservedState observed, CancellationToken cancellationToken)
    {
        if (observed.AppStack is not { } stack)
        {
            return new Outcome.Converged(run.Progress.Wrote);
        }

        var expected = Expected(release, stack, run.Progress.Revisions);
        var reading = await watcher.ReadAsync(release.Wanted.Session, expected, cancellationToken);
        if (reading.IsConverged)
        {
            await NoteAddressesAsync(run, stack, cancellationToken);
            return new Outcome.Converged(run.Progress.Wrote);
        }

        var token = run.Progress.OperationOn(stack.Name)?.Token ?? "";
        return reading.HasFailed
            ? await causes.OfRolloutAsync(
                run.Row,
                new(release.Wanted.Session, expected, token) { Environment = release.Wanted.Environment },
                reading,
                cancellationToken)
            : run.Waiting(reading.Text);
    }

    /// <summary>Names that nobody can know before: CloudFormation has chosen them.</summary>
    private static async Task NoteAddressesAsync(ActiveRun run, ObservedStack stack, CancellationToken cancellationToken)
    {
        ImmutableArray<string> addresses = [.. StackKeys.DnsNames(stack.Outputs).Select(a => a.Value)];
        if (!addresses.SequenceEqual(run.Progress.Addresses))
        {
            await run.UpdateAsync(run.Progress with { Addresses = addresses }, cancellationToken);
        }
    }

    /// <summary>
    /// Services roll out; a schedule is done when it is in its stack, and what it starts later is no part of the verdict.
    /// After a roll-back the stack's parameters name the old revisions again, so what this run registered is remembered by the run.
    /// </summary>
    /// <param name="revisions">By service; those that are missing are what the stack has.</param>
    internal static ExpectedRollout Expected(
        PlannedRelease release, ObservedStack stack, ImmutableSortedDictionary<string, string> revisions) => new(
        stack.Parameters.GetValueOrDefault(
            StackKeys.ClusterParameter, release.Desired.AppStack.Parameters.GetValueOrDefault(StackKeys.ClusterParameter, "")),
        stack,
        [
            .. release.Desired.TaskDefinitions.Where(t => release.Desired.Services.ContainsKey(t.Name)).Select(t => new ExpectedService(
                t.Name,
                release.Desired.Services[t.Name],
                revisions.GetValueOrDefault(t.Name) ?? stack.Parameters.GetValueOrDefault(t.ParameterName ?? "", ""))),
        ]);
}
