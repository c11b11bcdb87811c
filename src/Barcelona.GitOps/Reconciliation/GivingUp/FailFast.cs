using System.Collections.Immutable;
using Barcelona.GitOps.Aws;
using Barcelona.GitOps.Aws.Converging;
using Barcelona.GitOps.Aws.Failures;
using Barcelona.GitOps.Aws.Rollouts;
using Barcelona.GitOps.Core.Planning;
using Barcelona.GitOps.Reconciliation.Releases;
using Barcelona.GitOps.Reconciliation.Reporting;
using Barcelona.GitOps.Reconciliation.Running;

namespace Barcelona.GitOps.Reconciliation.GivingUp;

/// <summary>
/// Does not wait for CloudFormation to see that a release goes wrong. The cause is told as soon as a task has stopped; once it is certain the update
/// is given up, or the first creation taken back, and the verdict is what AWS then comes to.
/// </summary>
public sealed class FailFast(
    EarlySigns signs, CauseFinder causes, UpdateCancellation updates, StackConverger stacks, StuckStacks stuck, BeginnerOfOperation beginners,
    RunReporter reporter, TimeProvider clock)
{
    /// <summary>ECS forgets stopped tasks after it.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromHours(1);

    /// <summary>While an operation on the app stack goes on: this run's own, or one that it waits for.</summary>
    /// <returns>Null: there is nothing to say about it but that it goes on.</returns>
    public async Task<Outcome?> LookAsync(ActiveRun run, PlannedRelease release, ObservedStack? app, CancellationToken cancellationToken)
    {
        if (app is not { Status: StackStatus.CreateInProgress or StackStatus.UpdateInProgress })
        {
            return null;
        }

        var session = release.Wanted.Session;
        if (OwnToken(run, app) is not { } token)
        {
            var wanted = Judge.Expected(release, app, ImmutableSortedDictionary<string, string>.Empty);
            return await ClearAsync(run, session, wanted, cancellationToken);
        }

        var expected = Judge.Expected(release, app, run.Progress.Revisions);
        if (await signs.LookAsync(session, expected, run.Row.StartedAt ?? run.Row.CreatedAt, cancellationToken) is not { } sign)
        {
            return null;
        }

        var isNews = run.Progress.Failing is null || sign.IsDecisive;
        if (isNews)
        {
            var failure = new RolloutFailure(session, expected, token) { Environment = release.Wanted.Environment };
            var cause = await causes.OfRolloutAsync(run.Row, failure, new([sign.Service]), cancellationToken);
            await NoteAsync(run, cause, sign.IsDecisive, cancellationToken);
        }

        var outcome = sign.IsDecisive ? await BackAsync(run, session, app, cancellationToken) : null;
        if (isNews && outcome is null or Outcome.InProgress)
        {
            await reporter.ProgressAsync(run, cancellationToken);
        }

        return outcome;
    }

    /// <summary>Gives up what this run has begun on the app stack.</summary>
    public async Task<Outcome?> GiveUpAsync(
        ActiveRun run, AwsSession session, (ObservedStack App, Outcome.Failed Cause) begun, CancellationToken cancellationToken)
    {
        await NoteAsync(run, begun.Cause, isGivenUp: true, cancellationToken);
        var outcome = await BackAsync(run, session, begun.App, cancellationToken);
        await reporter.ProgressAsync(run, cancellationToken);
        return outcome;
    }

    /// <summary>The way back of a release that was given up, from wherever its stack is.</summary>
    /// <returns>Null: it is not given up, or AWS has got there all the same; the verdict is what runs.</returns>
    public async Task<Outcome?> BackAsync(ActiveRun run, AwsSession session, ObservedStack? app, CancellationToken cancellationToken)
    {
        if (run.Progress.Failing is not { IsGivenUp: true } failing)
        {
            return null;
        }

        return app switch
        {
            null or { Status: StackStatus.DeleteComplete } => failing.Failed("What was made of it is taken away again."),
            { Status: StackStatus.DeleteInProgress } => Waiting(run, app),
            { Status: StackStatus.DeleteFailed } => await stuck.AskAsync(
                session, (app.Name, app.Status), failing.Failed(), cancellationToken),
            { Status: StackStatus.UpdateInProgress } when OwnToken(run, app) is not null =>
                await GiveUpUpdateAsync(run, session, app, cancellationToken),
            { Status: StackStatus.CreateInProgress } when OwnToken(run, app) is not null =>
                await TakeBackAsync(run, session, app, failing, cancellationToken),
            { Status: StackStatus.CreateFailed or StackStatus.RollbackInProgress or StackStatus.RollbackFailed or StackStatus.RollbackComplete } =>
                await TakeBackAsync(run, session, app, failing, cancellationToken),
            { Status: StackStatus.UpdateRollbackInProgress or StackStatus.UpdateRollbackCompleteCleanupInProgress } => Waiting(run, app),
            { Status: StackStatus.UpdateRollbackComplete } =>
                failing.Failed("The update was given up, and AWS went back to what ran before.") with { WentBack = true },
            _ => null,
        };
    }

    /// <summary>
    /// What an earlier run has begun, and cannot come up or has used up that run's time, is given up for the one that waits: CloudFormation itself
    /// would go on for hours.
    /// </summary>
    /// <param name="wanted">By the newer one; its services may be none.</param>
    public async Task<Outcome.InProgress?> ClearAsync(ActiveRun run, AwsSession session, ExpectedRollout wanted, CancellationToken cancellationToken)
    {
        // Also what the newer one has no more: it is the earlier one's that may not come up.
        var app = wanted.Stack;
        var expected = wanted with
        {
            Services = [.. wanted.Services, .. RunningServices.Named(app).ExceptBy(wanted.Services.Select(s => s.LogicalId), s => s.LogicalId)],
        };
        var sign = await signs.LookAsync(session, expected, clock.GetUtcNow() - Remembered, cancellationToken);
        var why = sign is { IsDecisive: true }
            ? $"{BeginnerOfOperation.ReleaseOf(app)} is given up, {sign.Service.Service.Name} does not come up"
            : await beginners.WhyTimeIsUpAsync(run, app, cancellationToken);
        if (why is null)
        {
            return null;
        }

        await run.HoldAsync(cancellationToken);
        var token = $"{run.Row.Id}-clearing";
        var started = app.Status == StackStatus.UpdateInProgress
            ? await updates.StartAsync(session, app, token, cancellationToken)
            : await stacks.StartAsync(session, new PlanStep.DeleteStack(app.Name, app.Id), token, cancellationToken);
        if (started is StepOutcome.Started)
        {
            await run.UpdateAsync(run.Progress with { Deadline = WithWayBack(run) }, cancellationToken);
            await run.ClearedAsync($"stack {app.Name}: {why}", cancellationToken);
        }

        return started is StepOutcome.Refused(var reason)
            ? Waiting(run, app) with { Trouble = StuckStacks.NotTakenBack(app, reason) }
            : Waiting(run, app);
    }

    private async Task NoteAsync(ActiveRun run, Outcome.Failed cause, bool isGivenUp, CancellationToken cancellationToken)
    {
        await run.UpdateAsync(
            run.Progress with
            {
                Failing = new FailingRelease(cause.Cause, cause.Evidence, isGivenUp) { Remark = cause.Remark },
                HasNews = true,
                Deadline = isGivenUp ? WithWayBack(run) : run.Progress.Deadline,
            },
            cancellationToken);
    }

    /// <summary>The way back takes its own time.</summary>
    private DateTimeOffset? WithWayBack(ActiveRun run) =>
        clock.GetUtcNow() + ActiveRun.DefaultTimeout is var back && back > run.Progress.Deadline ? back : run.Progress.Deadline;

    private async Task<Outcome> GiveUpUpdateAsync(ActiveRun run, AwsSession session, ObservedStack app, CancellationToken cancellationToken)
    {
        await run.HoldAsync(cancellationToken);
        if (await updates.StartAsync(session, app, $"{run.Row.Id}-failing", cancellationToken) is StepOutcome.Started)
        {
            await run.WroteAsync($"stack {app.Name}: give the update up", cancellationToken);
        }

        return Waiting(run, app);
    }

    /// <summary>What was seen of it is on record: with the stack goes what could be found. The verdict waits until it has gone.</summary>
    private async Task<Outcome> TakeBackAsync(
        ActiveRun run, AwsSession session, ObservedStack app, FailingRelease failing, CancellationToken cancellationToken)
    {
        await run.HoldAsync(cancellationToken);
        switch (await stacks.StartAsync(session, new PlanStep.DeleteStack(app.Name, app.Id), $"{run.Row.Id}-failing", cancellationToken))
        {
            case StepOutcome.Started:
                await run.WroteAsync($"stack {app.Name}: take the creation back", cancellationToken);
                return Waiting(run, app);
            case StepOutcome.Refused(var reason):
                return failing.Failed(StuckStacks.NotTakenBack(app, reason));
            default:
                return Waiting(run, app);
        }
    }

    /// <summary>The token, if what goes on is what this run asked for.</summary>
    private static string? OwnToken(ActiveRun run, ObservedStack app) =>
        run.Progress.OperationOn(app.Name) is { } own && own.IsOf(app) ? own.Token : null;

    private static Outcome.InProgress Waiting(ActiveRun run, ObservedStack app) => run.Waiting(app.Name, app.Status);
}
