using System.Collections.Immutable;
using System.Net;
using System.Runtime.ExceptionServices;
using Barcelona.GitOps.Aws;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Reports;
using Barcelona.GitOps.Core.Templates;
using Barcelona.GitOps.Git;
using Barcelona.GitOps.GitHub.Http;
using Barcelona.GitOps.Reconciliation.Notifications;
using Barcelona.GitOps.Reconciliation.Platform;
using Barcelona.GitOps.Reconciliation.Reporting;
using Barcelona.GitOps.Reconciliation.Requests;
using Barcelona.GitOps.Storage.History;
using Barcelona.GitOps.Storage.Work;

namespace Barcelona.GitOps.Reconciliation.Running;

/// <summary>Works on the runs of one target or district, the newest and what is at work before it, and reports what GitHub has not heard yet.</summary>
public sealed partial class RunWorker(
    Runs runs, RunQueue queue, RequestHandler requests, RunReporter reporter, NoticeQueue notices, TimeProvider clock, ILogger<RunWorker> logger)
{
    private static readonly TimeSpan AnswerAgain = TimeSpan.FromSeconds(15);

    /// <summary>
    /// GitHub's parts learn of a new commit or token one after the other, and AWS's of new credentials: a "no" that stands after this is meant.
    /// </summary>
    private static readonly TimeSpan RefusalPatience = TimeSpan.FromMinutes(1);

    /// <param name="target">For a district: without a heritage.</param>
    public async Task<LaneResult> WorkAsync(DeployTarget target, Lease lease, IRunReconciler reconciler, CancellationToken cancellationToken)
    {
        var answered = await requests.HandleAsync(target, lease, cancellationToken);
        var pick = await queue.PickAsync(target, cancellationToken);
        var run = pick is null ? null : new ActiveRun(runs, pick.Next, lease, clock) { Overtakes = pick.Overtakes };
        if (run is not null && pick is { IsAtOnce: true })
        {
            await run.ReadyAsync(place: null, cancellationToken);
        }

        // Before the pass: those that were overtaken should hear it now, not when the winner is done.
        var tellAgain = await reporter.ReportFinishedAsync(target, lease, cancellationToken);
        var atWork = pick?.AtWork ?? ImmutableHashSet<string>.Empty;
        List<TimeSpan?> looksAtRuns = [];
        var isOurs = true;
        try
        {
            if (run is not null)
            {
                looksAtRuns.Add(await (atWork.Count > 0 ? PatientPassAsync(run, reconciler, cancellationToken) : PassAsync(run, reconciler, cancellationToken)));
            }
        }
        catch (LeaseLostException)
        {
            isOurs = false;
            throw;
        }
        finally
        {
            // Whatever else goes wrong with the newer one.
            looksAtRuns.AddRange(isOurs ? await FollowAsync(target, atWork, lease, reconciler, cancellationToken) : []);
        }

        if (run is { HasOvertaken: true })
        {
            LogOvertook(run.Row.Id, run.Row.Commit);
        }

        if (looksAtRuns.Contains(null) || run is { HasOvertaken: true })
        {
            tellAgain = await reporter.ReportFinishedAsync(target, lease, cancellationToken);
        }

        // One that had to wait for what was at work.
        var next = looksAtRuns.Contains(null) && (await runs.ActiveForTargetAsync(target.District, target.Heritage, cancellationToken)).Count > 0
            ? TimeSpan.Zero
            : looksAtRuns.Min();

        await notices.WakeAsync(target, cancellationToken);

        // GitHub's troubles hold up no deploy: what it has not heard is told when it listens again, though a run may wait for longer.
        TimeSpan?[] looks = [next, answered ? tellAgain : AnswerAgain];
        return looks.Min() is { } soonest
            ? new LaneResult.Again(clock.GetUtcNow() + soonest, lease.WantedSeen)
            : new LaneResult.Done(lease.WantedSeen);
    }

    public async Task NoteTroubleAsync(DeployTarget target, Lease lease, string trouble, CancellationToken cancellationToken)
    {
        foreach (var row in await runs.ActiveForTargetAsync(target.District, target.Heritage, cancellationToken))
        {
            var run = new ActiveRun(runs, row, lease, clock);
            await run.UpdateAsync(run.Progress with { Trouble = Redactor.Redact(trouble) }, cancellationToken);
        }
    }

    /// <summary>What older runs have begun goes on until the newer one takes over: it may yet be refused, or wait for days.</summary>
    /// <returns>When to look at each again; null: it is over.</returns>
    private async Task<IReadOnlyList<TimeSpan?>> FollowAsync(
        DeployTarget target, IReadOnlySet<string> atWork, Lease lease, IRunReconciler reconciler, CancellationToken cancellationToken)
    {
        if (atWork.Count == 0)
        {
            return [];
        }

        // As they are now: the newer one may have ended them in its own pass.
        var looks = new List<TimeSpan?>();
        foreach (var row in (await runs.ActiveForTargetAsync(target.District, target.Heritage, cancellationToken)).Where(r => atWork.Contains(r.Id)))
        {
            looks.Add(await PassAsync(new ActiveRun(runs, row, lease, clock), reconciler, cancellationToken));
        }

        return looks;
    }

    /// <summary>Who is away for a run that waits is not away for what is at work before it.</summary>
    private async Task<TimeSpan?> PatientPassAsync(ActiveRun run, IRunReconciler reconciler, CancellationToken cancellationToken)
    {
        try
        {
            return await PassAsync(run, reconciler, cancellationToken);
        }
        catch (Exception away) when (away is GitHubUnavailableException or GitUnavailableException or AwsUnavailableException)
        {
            LogAway(run.Row.Id, away.Message);
            await run.UpdateAsync(run.Progress with { Trouble = Redactor.Redact(away.Message) }, cancellationToken);
            return Patience.For(away);
        }
    }

    /// <returns>When to look again; null: the run is over.</returns>
    private async Task<TimeSpan?> PassAsync(ActiveRun run, IRunReconciler reconciler, CancellationToken cancellationToken)
    {
        if (run.Row.State == RunState.Queued)
        {
            await run.UpdateAsync(run.Row with { State = RunState.Running, StartedAt = clock.GetUtcNow() }, cancellationToken);
        }

        var outcome = await OutcomeAsync(run, reconciler, cancellationToken);
        if (outcome is Outcome.InProgress(var after, var what) waiting)
        {
            LogWaiting(what);
            await run.UpdateAsync(
                run.Progress with { Looks = run.Progress.Looks + 1, Trouble = waiting.Trouble, RefusedSince = null }, cancellationToken);
            return after;
        }

        await FinishAsync(run, outcome, cancellationToken);
        LogFinished(run.Row.Id, run.Row.State, run.Row.Cause ?? "");
        return null;
    }

    private async Task<Outcome> OutcomeAsync(ActiveRun run, IRunReconciler reconciler, CancellationToken cancellationToken)
    {
        if (DeadlineOf(run) is { } deadline && clock.GetUtcNow() > deadline)
        {
            // One that had waited for all its time before anybody could look at it has no time from its start.
            var after = deadline - (run.Row.StartedAt < deadline ? run.Row.StartedAt.Value : run.Row.CreatedAt);
            if (await LateAsync(run, reconciler, after, cancellationToken) is { } known)
            {
                return known;
            }

            var rest = run.Progress.HasBegunNothing ? "Nothing was changed." : "What AWS has begun goes on; the next run takes it from there.";
            var late = $"It was not finished after {after.TotalMinutes:0.#} minutes"
                + $"{(run.Progress.Trouble is { } trouble ? $": {trouble.TrimEnd('.')}" : "")}. {rest}";

            // What was seen to go wrong says more than that time is up.
            return run.Progress.Failing?.Failed(late) ?? new Outcome.Failed(late);
        }

        try
        {
            await reporter.StartedAsync(run, cancellationToken);
            return await reconciler.PassAsync(run, cancellationToken);
        }
        catch (Exception refused) when (refused is GitHubRefusedException or AwsDeniedException { IsOfCredentials: true }
            || UnreadablePlatform.IsCause(refused))
        {
            return await RefusedAsync(run, refused, cancellationToken);
        }
        catch (Exception away) when (away is GitHubUnavailableException or GitUnavailableException { IsTransient: true } && run.Progress.HasBegunNothing)
        {
            await PostponeAsync(run, Patience.For(away), cancellationToken);
            throw;
        }
        catch (AwsDeniedException denied)
        {
            // Waiting does not grant a permission: somebody has to.
            return new Outcome.Failed($"{denied.Message} The district's role lacks it.");
        }
    }

    /// <summary>One more look, since nobody may have looked in time. Whatever stands in its way, also a mistake of ours, keeps no run for ever.</summary>
    private async Task<Outcome?> LateAsync(ActiveRun run, IRunReconciler reconciler, TimeSpan after, CancellationToken cancellationToken)
    {
        var since = run.Progress.LateSince ?? clock.GetUtcNow();
        if (run.Progress.LateSince is null)
        {
            await run.UpdateAsync(run.Progress with { LateSince = since }, cancellationToken);
        }

        return clock.GetUtcNow() - since <= RefusalPatience ? await reconciler.TimeIsUpAsync(run, after, cancellationToken)
            : run.Row.Cause is { } said ? new Outcome.Failed(said, run.Progress.Evidence)
            : null;
    }

    /// <summary>Nothing has begun, and GitHub does not listen: the time until it does is not the deploy's own.</summary>
    private async Task PostponeAsync(ActiveRun run, TimeSpan by, CancellationToken cancellationToken)
    {
        var (deadline, last) = (DeadlineOf(run), run.Row.CreatedAt + Patience.WhileAway);
        var later = clock.GetUtcNow() + by + ActiveRun.DefaultTimeout;
        if (later > deadline && run.Row.CancelAskedAt is null)
        {
            await run.UpdateAsync(run.Progress with { Deadline = later < last ? later : run.Progress.Deadline ?? last }, cancellationToken);
        }
    }

    private async Task<Outcome> RefusedAsync(ActiveRun run, Exception refused, CancellationToken cancellationToken)
    {
        var since = run.Progress.RefusedSince ?? clock.GetUtcNow();
        await run.UpdateAsync(run.Progress with { RefusedSince = since }, cancellationToken);
        if (clock.GetUtcNow() - since <= RefusalPatience)
        {
            // The lane tries again.
            ExceptionDispatchInfo.Throw(refused);
        }

        var next = (refused, run.Row.OfRelease) switch
        {
            (_, { } release) when run.Row.IsRollback && IsOfGoneCommit(refused) =>
                $"Release {release} is made from its file. Push the commit again, as a branch or tag, or take another release.",
            (GitHubRefusedException, _) => "The App may no longer do what this needs.",
            _ => "Re-run this check once that is mended.",
        };
        return new Outcome.Failed(
            $"{refused.Message} {next} {(run.Progress.HasBegunNothing ? "Nothing was changed." : "What AWS has begun goes on.")}");
    }

    /// <summary>GitHub makes no deployment of a commit that it has forgotten, even if it is at hand here.</summary>
    private static bool IsOfGoneCommit(Exception refused) => refused is GitUnavailableException { Failure: GitFailure.CommitMissing }
        || (refused is GitHubRefusedException { Status: HttpStatusCode.UnprocessableEntity }
            && refused.Message.Contains("No ref found", StringComparison.Ordinal));

    /// <summary>
    /// Also a run that never got as far as reading its own time limit ends. To stop has a time of its own, which begins once no before_deploy is
    /// at work: that is waited for, as long as it may take.
    /// </summary>
    private static DateTimeOffset? DeadlineOf(ActiveRun run)
    {
        var (first, asked) = (run.Progress.BeforeDeploy, run.Row.CancelAskedAt);
        return asked is null || first is { IsUnderWay: true }
            ? run.Progress.Deadline ?? run.Row.StartedAt + ActiveRun.DefaultTimeout
            : (first?.EndedAt > asked ? first?.EndedAt : asked) + ActiveRun.DefaultTimeout;
    }

    private Task FinishAsync(ActiveRun run, Outcome outcome, CancellationToken cancellationToken)
    {
        var row = run.Row with { FinishedAt = clock.GetUtcNow() };
        return outcome switch
        {
            Outcome.Converged => run.UpdateAsync(row with { State = RunState.Succeeded }, cancellationToken),
            Outcome.Rejected(var diagnostics) => run.UpdateAsync(
                row with { State = RunState.Rejected, Cause = diagnostics.First(d => d.IsError).Message }, run.Progress with { Diagnostics = diagnostics }, cancellationToken),
            Outcome.Refused(var reason) => run.UpdateAsync(row with { State = RunState.Rejected, Cause = reason }, cancellationToken),
            Outcome.Failed failed => run.UpdateAsync(
                row with { State = RunState.Failed, Cause = failed.Cause },
                run.Progress with { Evidence = failed.Evidence, Remark = failed.Remark ?? run.Progress.Remark, WentBack = failed.WentBack },
                cancellationToken),
            Outcome.Superseded(var by, var reason) => run.UpdateAsync(row with { State = RunState.Superseded, SupersededBy = by, Cause = reason }, cancellationToken),
            Outcome.Held(var reason) => run.UpdateAsync(row with { State = RunState.Held, Cause = reason }, cancellationToken),
            Outcome.Cancelled(var reason) => run.UpdateAsync(row with { State = RunState.Cancelled, Cause = reason }, cancellationToken),
            _ => throw new InvalidOperationException($"An outcome that ends nothing: {outcome.GetType().Name}."),
        };
    }

    [LoggerMessage(LogLevel.Warning, "Run {RunId} is looked at again: {Reason}")]
    private partial void LogAway(string runId, string reason);

    [LoggerMessage(LogLevel.Debug, "Waiting: {What}")]
    private partial void LogWaiting(string what);

    [LoggerMessage(LogLevel.Information, "Run {RunId} of {Commit} supersedes what was under way before it")]
    private partial void LogOvertook(string runId, CommitSha commit);

    [LoggerMessage(LogLevel.Information, "Run {RunId} {State} {Cause}")]
    private partial void LogFinished(string runId, RunState state, string cause);
}
