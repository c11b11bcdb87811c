using System.Security.Cryptography;
using System.Text;
using Barcelona.GitOps.Aws;
using Barcelona.GitOps.Aws.Tasks;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Districts;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Reports;
using Barcelona.GitOps.Core.Templates.Tasks;
using Barcelona.GitOps.Reconciliation.Releases;
using Barcelona.GitOps.Reconciliation.Reporting;
using Barcelona.GitOps.Reconciliation.Running;
using Barcelona.GitOps.Storage.History;

namespace Barcelona.GitOps.Reconciliation.BeforeDeploy;

/// <summary>
/// Runs a release's before_deploy, once. That ECS is asked is written down first, with all that it is told; the token makes a repeated call the
/// same call, and a task whose start nobody heard of is found by what it was started by. Once it was asked for, nothing but its end lets the run
/// go on: not a newer commit, not a refusal by anything but the files themselves.
/// </summary>
public sealed class BeforeDeployRunner(
    OneOffs oneOffs, BeforeDeployEnd end, AwsSessions sessions, Runs runs, RunReporter reporter, TimeProvider clock)
{
    private const int RunsLookedAt = 20;

    private const string TimeIsOver = "before_deploy.timeout is over";

    /// <summary>Lists and descriptions may lag behind a start.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(2);

    /// <summary>What was begun in an earlier pass, by whomever.</summary>
    /// <returns>Null: nothing is under way.</returns>
    public Task<Outcome?> ContinueAsync(ActiveRun run, WantedRelease wanted, CancellationToken cancellationToken) =>
        ContinueAsync(run, (wanted.Session, wanted.Environment.BeforeDeploy?.Span), cancellationToken);

    /// <summary>
    /// What a run has at work that cannot read what is wanted any more, or has no time left: its end, or else its time limit, is seen all the same.
    /// It needs nothing but the run's own record.
    /// </summary>
    /// <returns>Null: nothing is under way, or it may go on for now.</returns>
    public async Task<Outcome?> TimeIsUpAsync(ActiveRun run, CancellationToken cancellationToken)
    {
        if (run.Progress is not { BeforeDeploy: { } progress, Place: { } place } || clock.GetUtcNow() < progress.Until)
        {
            return null;
        }

        var session = sessions.For(place, new SessionPurpose(run.Row.Repository, run.Row.Commit, run.Row.Actor));
        var outcome = await ContinueAsync(run, (session, null), cancellationToken);
        if (outcome is Outcome.InProgress && run.Progress.LateSince is not null)
        {
            // To be stopped takes its own time, and what was migrated for has got back its own: the run's is not up yet.
            await run.UpdateAsync(run.Progress with { LateSince = null }, cancellationToken);
        }

        return outcome;
    }

    private async Task<Outcome?> ContinueAsync(ActiveRun run, (AwsSession Session, SourceSpan? Line) from, CancellationToken cancellationToken)
    {
        if (run.Progress.BeforeDeploy is { Failure: { } failure })
        {
            return new Outcome.Failed(failure, run.Progress.Evidence);
        }

        if (run.Progress.BeforeDeploy is not { IsUnderWay: true } progress)
        {
            return null;
        }

        var look = new BeforeDeployLook(run, from.Session, from.Line, progress);
        if (await FindAsync(look, cancellationToken) is not { } task)
        {
            return await UnseenAsync(look, cancellationToken);
        }

        if (progress.TaskArn is null)
        {
            look = await look.NoteAsync(progress with { TaskArn = task.Arn, StartedAt = clock.GetUtcNow() }, cancellationToken);
            await run.WroteAsync($"before_deploy: task {task.Id} started", cancellationToken);
        }

        return task.IsStopped ? await end.OfAsync(look, task, cancellationToken) : await AtWorkAsync(look, task, cancellationToken);
    }

    /// <summary>Right before the services change. What stands in the way of a start is waited for, as long as the task itself may take.</summary>
    /// <param name="revisions">By name of what runs: its task definition.</param>
    /// <returns>Null: it has run, or there is nothing to run.</returns>
    public async Task<Outcome?> BeginAsync(
        ActiveRun run, PlannedRelease release, IReadOnlyDictionary<string, string> revisions, CancellationToken cancellationToken)
    {
        if (run.Progress.BeforeDeploy is { HasSucceeded: true })
        {
            return null;
        }

        if (release.Desired.BeforeDeploy is not { } spec)
        {
            // Services must not change in the middle of an earlier release's either.
            return await MayBeAtWorkAsync(run.Row, cancellationToken) ? await OthersEndAsync(run, release.Wanted, cancellationToken) : null;
        }

        if (await OthersEndAsync(run, release.Wanted, cancellationToken) is { } waiting)
        {
            return waiting;
        }

        var progress = run.Progress.BeforeDeploy ?? Begun(spec, revisions[spec.Definition.Name]);
        var look = new BeforeDeployLook(run, release.Wanted.Session, release.Wanted.Environment.BeforeDeploy?.Span, progress);
        if (run.Progress.BeforeDeploy is null)
        {
            // Its own time comes on top of the deploy's, and what of it is not used up is given back.
            var allowed = spec.Timeout + BeforeDeployProgress.StopPatience;
            await run.UpdateAsync(
                run.Progress with { BeforeDeploy = look.Progress, Deadline = run.Progress.Deadline + allowed }, cancellationToken);
        }

        return clock.GetUtcNow() < look.Progress.Until
            ? await AskAsync(look, cancellationToken)
            : await end.FailedAsync(
                look, $"before_deploy found no place to run within {DurationText.Of(look.Timeout)}: {look.Progress.NoPlace}.", [], cancellationToken);
    }

    /// <summary>Whoever goes back is in trouble, and looks; others do when an earlier run may have left one behind.</summary>
    private async Task<bool> MayBeAtWorkAsync(Run row, CancellationToken cancellationToken) => row.Kind != RunKind.Deploy
        || (await runs.NewestOfTargetAsync(row.District, row.Heritage, RunsLookedAt, cancellationToken)).Any(r => r.Id != row.Id
            && RunProgress.Parse(r.Detail).BeforeDeploy is { IsAsked: true, HasSucceeded: false });

    /// <returns>Null: none of the family is at work.</returns>
    private async Task<Outcome?> OthersEndAsync(ActiveRun run, WantedRelease wanted, CancellationToken cancellationToken)
    {
        if (wanted.District.Cluster is not Cluster.Existing cluster)
        {
            return null;
        }

        var family = TaskFamily.Of(wanted.District.Name, wanted.Environment.Name.Value, OneOffSpec.BeforeDeploy);
        var others = await oneOffs.OfFamilyAsync(wanted.Session, cluster.Name, family, cancellationToken);
        if (others.FirstOrDefault(t => !t.IsStopped) is not { } other)
        {
            return null;
        }

        switch (await BegunByAsync(run.Row, other, cancellationToken))
        {
            case null:
                await TellOnceAsync(
                    run,
                    $"before_deploy: waits for the end of task {other.Id}, of an earlier release that nobody remembers: a person may stop it in ECS",
                    cancellationToken);
                return run.Waiting("a before_deploy that nobody remembers is still at work") with
                {
                    Trouble = $"task {other.Id} of {family} is still at work, nobody remembers for how long it may be: a person may stop it in ECS",
                };
            case (RunState.Queued or RunState.Running, _):
            case (_, { } begun) when clock.GetUtcNow() < begun.Until + BeforeDeployProgress.StopPatience:
                await TellOnceAsync(run, $"before_deploy: waits for the end of task {other.Id}, of an earlier release", cancellationToken);
                return run.Waiting("the before_deploy of an earlier release is still at work");
            default:
                // Its own run is over, and could not stop it: nobody else does.
                await run.HoldAsync(cancellationToken);
                await oneOffs.StopAsync(wanted.Session, cluster.Name, other.Arn, TimeIsOver, cancellationToken);
                await TellOnceAsync(
                    run, $"before_deploy: told task {other.Id} of an earlier release to stop: its time was over", cancellationToken);
                return run.Waiting("the before_deploy of an earlier release is being stopped");
        }
    }

    /// <returns>Null: none of the target's last runs has asked for it.</returns>
    private async Task<(RunState State, BeforeDeployProgress Begun)?> BegunByAsync(Run row, OneOffTask task, CancellationToken cancellationToken)
    {
        foreach (var earlier in await runs.NewestOfTargetAsync(row.District, row.Heritage, RunsLookedAt, cancellationToken))
        {
            if (earlier.Id != row.Id && RunProgress.Parse(earlier.Detail).BeforeDeploy is { } begun
                && (begun.TaskArn == task.Arn || Identity(earlier.Id, begun).StartedBy == task.StartedBy))
            {
                return (earlier.State, begun);
            }
        }

        return null;
    }

    private BeforeDeployProgress Begun(OneOffSpec spec, string taskDefinitionArn) => new()
    {
        Start = OneOffStart.Of(spec, taskDefinitionArn),
        BegunAt = clock.GetUtcNow(),
        Until = clock.GetUtcNow() + spec.Timeout,
    };

    private async Task<OneOffTask?> FindAsync(BeforeDeployLook look, CancellationToken cancellationToken)
    {
        var (session, start) = (look.Session, look.Progress.Start);
        if (look.Progress.TaskArn is { } arn)
        {
            return await oneOffs.FindAsync(session, start.Cluster, arn, cancellationToken);
        }

        var startedBy = Identity(look.Run.Row.Id, look.Progress).StartedBy;
        return (await oneOffs.OfFamilyAsync(session, start.Cluster, start.Family, cancellationToken)).FirstOrDefault(t => t.StartedBy == startedBy);
    }

    private async Task<Outcome> UnseenAsync(BeforeDeployLook look, CancellationToken cancellationToken)
    {
        var (now, progress) = (clock.GetUtcNow(), look.Progress);
        if (progress.TaskArn is null)
        {
            // The answer may have been lost: the same call once more, as long as ECS is sure to know it by its token.
            return now < progress.Until && now - (progress.AskedAt ?? progress.BegunAt) < OneOffs.Repeatable
                ? await AskAsync(look, cancellationToken)
                : await end.FailedAsync(
                    look,
                    "before_deploy was asked for, and no answer of ECS was heard in time: whether it ran is not known. See what it wrote, and re-run "
                    + "this check if it may run again.",
                    [],
                    cancellationToken);
        }

        return now - progress.StartedAt < Grace
            ? look.Run.Waiting("ECS does not show the task of before_deploy yet")
            : await end.FailedAsync(
                look,
                $"ECS has forgotten the task of before_deploy, {OneOffTask.IdOf(progress.TaskArn)}, as it does an hour after the end: how it ended "
                + "is not known. See what it wrote, and re-run this check if it may run again.",
                [],
                cancellationToken);
    }

    private async Task<Outcome> AtWorkAsync(BeforeDeployLook look, OneOffTask task, CancellationToken cancellationToken)
    {
        var (run, progress, now) = (look.Run, look.Progress, clock.GetUtcNow());
        if (progress.StopAskedAt is null && now < progress.Until)
        {
            return run.Waiting($"before_deploy is at work: task {task.Id}");
        }

        if (now - progress.StopToldAt >= BeforeDeployProgress.StopPatience)
        {
            return await end.FailedAsync(
                look, $"before_deploy did not end within {DurationText.Of(look.Timeout)}, and was told to stop and does not.", [], cancellationToken);
        }

        // Said in each pass: that it is on record does not say that ECS has heard it, and to say it again does no harm.
        look = await look.NoteAsync(progress with { StopAskedAt = progress.StopAskedAt ?? now }, cancellationToken);
        await oneOffs.StopAsync(look.Session, progress.Start.Cluster, task.Arn, TimeIsOver, cancellationToken);
        if (progress.StopToldAt is null)
        {
            await look.NoteAsync(look.Progress with { StopToldAt = now }, cancellationToken);
            await run.WroteAsync($"before_deploy: told to stop after {DurationText.Of(look.Timeout)}", cancellationToken);
        }

        return run.Waiting("before_deploy is being stopped");
    }

    private async Task<Outcome> AskAsync(BeforeDeployLook look, CancellationToken cancellationToken)
    {
        // Also the last look at the lease: whoever has lost it stops here.
        var run = look.Run;
        var asked = look.Progress with { IsAsked = true, AskedAt = look.Progress.AskedAt ?? clock.GetUtcNow() };
        await run.UpdateAsync(
            run.Progress with { BeforeDeploy = asked, Place = run.Progress.Place ?? AwsPlace.Of(look.Session.District) }, cancellationToken);
        look = look with { Progress = asked };
        switch (await oneOffs.StartAsync(look.Session, look.Progress.Start, Identity(look.Run.Row.Id, look.Progress), cancellationToken))
        {
            case OneOffAnswer.Started(var arn):
                await look.NoteAsync(look.Progress with { TaskArn = arn, StartedAt = clock.GetUtcNow() }, cancellationToken);
                await run.WroteAsync($"before_deploy: task {OneOffTask.IdOf(arn)} started", cancellationToken);
                return run.Waiting("before_deploy has started");
            case OneOffAnswer.Taken(var reason):
                return run.Waiting($"ECS does not show the task of before_deploy yet: {reason}");
            case OneOffAnswer.NoPlace(var reason):
                await look.NoteAsync(BeforeDeployEnd.OnceMore(look.Progress, reason, clock.GetUtcNow()), cancellationToken);
                await TellOnceAsync(run, $"before_deploy: waits for a place: {reason}", cancellationToken);
                return run.Waiting($"there is no place for before_deploy: {reason}");
            case OneOffAnswer.Refused(var reason):
                return await end.FailedAsync(look, $"ECS refuses to run before_deploy: {reason}", [], cancellationToken);
            case var other:
                throw new InvalidOperationException($"An answer of RunTask that nobody knows: {other.GetType().Name}.");
        }
    }

    /// <summary>A wait that nobody expects is news: the check says it while it lasts.</summary>
    private async Task TellOnceAsync(ActiveRun run, string step, CancellationToken cancellationToken)
    {
        if (await NoteOnceAsync(run, step, cancellationToken))
        {
            await reporter.ProgressAsync(run, cancellationToken);
        }
    }

    /// <returns>False: it stands there already.</returns>
    private async Task<bool> NoteOnceAsync(ActiveRun run, string step, CancellationToken cancellationToken)
    {
        if (run.Progress.Steps.Any(s => s.Text == step))
        {
            return false;
        }

        await run.UpdateAsync(run.Progress with { Steps = run.Progress.Steps.Add(new(clock.GetUtcNow(), step)) }, cancellationToken);
        return true;
    }

    private static OneOffIdentity Identity(string run, BeforeDeployProgress progress)
    {
        var text = $"{run} {OneOffSpec.BeforeDeploy} {progress.Attempt}";
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        return new(hash, "bcn-" + hash[..32]);
    }
}

/// <summary>One pass's view of it.</summary>
/// <param name="Line">Where the file asks for it; null: the file does not, or cannot be read.</param>
public sealed record BeforeDeployLook(ActiveRun Run, AwsSession Session, SourceSpan? Line, BeforeDeployProgress Progress)
{
    public TimeSpan Timeout => Progress.Until - Progress.BegunAt;

    /// <exception cref="LeaseLostException">Another worker holds the target now.</exception>
    public async Task<BeforeDeployLook> NoteAsync(BeforeDeployProgress changed, CancellationToken cancellationToken)
    {
        await Run.UpdateAsync(Run.Progress with { BeforeDeploy = changed }, cancellationToken);
        return this with { Progress = changed };
    }
}
