using Barcelona.GitOps.Aws;
using Barcelona.GitOps.Core.Reports;
using Barcelona.GitOps.GitHub.Http;
using Barcelona.GitOps.Reconciliation.Reporting;
using Barcelona.GitOps.Storage.History;
using Barcelona.GitOps.Storage.Work;

namespace Barcelona.GitOps.Reconciliation.Releases;

/// <summary>Works on one target: the newest run goes on, and whatever GitHub has not heard yet is reported.</summary>
public sealed partial class TargetWorker(Runs runs, RunQueue queue, Reconciler reconciler, RunReporter reporter, TimeProvider clock, ILogger<TargetWorker> logger) : ILaneWorker
{
    private static readonly TimeSpan ReportAgain = TimeSpan.FromSeconds(15);

    /// <summary>GitHub's parts learn of a new commit or token one after the other: a "no" that stands after this is meant.</summary>
    private static readonly TimeSpan RefusalPatience = TimeSpan.FromMinutes(1);

    public string Kind => LaneKinds.Target;

    public async Task<LaneResult> WorkAsync(Lease lease, CancellationToken cancellationToken)
    {
        var target = LaneKeys.Target(lease.Key);
        var winner = await queue.PickAsync(target, lease, cancellationToken);

        // Before the pass: those that were overtaken should hear it now, not when the winner is done.
        var heard = await reporter.ReportFinishedAsync(target, lease, cancellationToken);
        var next = winner is null ? null : await PassAsync(new ActiveRun(runs, winner, lease, clock), cancellationToken);
        if (next is null)
        {
            heard = await reporter.ReportFinishedAsync(target, lease, cancellationToken);
        }

        // GitHub's troubles hold up no deploy: what it has not heard is told when it listens again.
        return next is null && heard ? new LaneResult.Done(lease.WantedSeen) : new LaneResult.Again(clock.GetUtcNow() + (next ?? ReportAgain), lease.WantedSeen);
    }

    public async Task NoteTroubleAsync(Lease lease, string trouble, CancellationToken cancellationToken)
    {
        var target = LaneKeys.Target(lease.Key);
        foreach (var row in await runs.ActiveForTargetAsync(target.District, target.Heritage, cancellationToken))
        {
            var run = new ActiveRun(runs, row, lease, clock);
            await run.UpdateAsync(run.Progress with { Trouble = Redactor.Redact(trouble) }, cancellationToken);
        }
    }

    /// <returns>When to look again; null: the run is over.</returns>
    private async Task<TimeSpan?> PassAsync(ActiveRun run, CancellationToken cancellationToken)
    {
        if (run.Row.State == RunState.Queued)
        {
            await run.UpdateAsync(run.Row with { State = RunState.Running, StartedAt = clock.GetUtcNow() }, cancellationToken);
        }

        var outcome = await OutcomeAsync(run, cancellationToken);
        if (outcome is Outcome.InProgress(var after, var what))
        {
            LogWaiting(what);
            await run.UpdateAsync(run.Progress with { Looks = run.Progress.Looks + 1, Trouble = null }, cancellationToken);
            return after;
        }

        await FinishAsync(run, outcome, cancellationToken);
        LogFinished(run.Row.Id, run.Row.State, run.Row.Cause ?? "");
        return null;
    }

    private async Task<Outcome> OutcomeAsync(ActiveRun run, CancellationToken cancellationToken)
    {
        // Also a run that never got as far as reading its own time limit ends.
        if ((run.Progress.Deadline ?? run.Row.StartedAt + ActiveRun.DefaultTimeout) is { } deadline && clock.GetUtcNow() > deadline)
        {
            return new Outcome.Failed(
                $"It was not finished after {(deadline - run.Row.StartedAt ?? TimeSpan.Zero).TotalMinutes:0.#} minutes{(run.Progress.Trouble is { } trouble ? $": {trouble}" : "")}. What AWS has begun goes on; the next deploy takes it from there.");
        }

        try
        {
            await reporter.StartedAsync(run, cancellationToken);
            return await reconciler.PassAsync(run, cancellationToken);
        }
        catch (GitHubRefusedException refused) when (clock.GetUtcNow() - run.Row.StartedAt > RefusalPatience)
        {
            return new Outcome.Failed($"{refused.Message} The App may no longer do what a deploy needs; what AWS has begun goes on.");
        }
        catch (AwsDeniedException denied)
        {
            // Waiting does not grant a permission: somebody has to.
            return new Outcome.Failed($"{denied.Message} The district's role lacks it.");
        }
    }

    private Task FinishAsync(ActiveRun run, Outcome outcome, CancellationToken cancellationToken)
    {
        var row = run.Row with { FinishedAt = clock.GetUtcNow() };
        return outcome switch
        {
            Outcome.Converged => run.UpdateAsync(row with { State = RunState.Succeeded }, cancellationToken),
            Outcome.Rejected(var diagnostics) => run.FinishAsync(
                row with { State = RunState.Rejected, Cause = diagnostics.First(d => d.IsError).Message }, run.Progress with { Diagnostics = diagnostics }, cancellationToken),
            Outcome.Refused(var reason) => run.UpdateAsync(row with { State = RunState.Rejected, Cause = reason }, cancellationToken),
            Outcome.Failed(var cause, var evidence) => run.FinishAsync(row with { State = RunState.Failed, Cause = cause }, run.Progress with { Evidence = evidence }, cancellationToken),
            Outcome.Superseded(var by, var reason) => run.UpdateAsync(row with { State = RunState.Superseded, SupersededBy = by, Cause = reason }, cancellationToken),
            Outcome.Cancelled(var reason) => run.UpdateAsync(row with { State = RunState.Cancelled, Cause = reason }, cancellationToken),
            _ => throw new InvalidOperationException($"An outcome that ends nothing: {outcome.GetType().Name}."),
        };
    }

    [LoggerMessage(LogLevel.Debug, "Waiting: {What}")]
    private partial void LogWaiting(string what);

    [LoggerMessage(LogLevel.Information, "Run {RunId} {State} {Cause}")]
    private partial void LogFinished(string runId, RunState state, string cause);
}
