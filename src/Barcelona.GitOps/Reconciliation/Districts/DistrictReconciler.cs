using System.Collections.Immutable;
using Barcelona.GitOps.Aws;
using Barcelona.GitOps.Aws.Districts;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Planning;
using Barcelona.GitOps.Core.Planning.Districts;
using Barcelona.GitOps.Core.Reports;
using Barcelona.GitOps.Core.Templates.Districts;
using Barcelona.GitOps.Reconciliation.Notifications;
using Barcelona.GitOps.Reconciliation.Reporting;
using Barcelona.GitOps.Reconciliation.Running;

namespace Barcelona.GitOps.Reconciliation.Districts;

/// <summary>
/// The story of a district, top to bottom: read the file, read what is there, compare, refuse or take the next step. Each pass tells it from
/// the beginning, as for a deploy.
/// </summary>
public sealed class DistrictReconciler(
    DistrictReader districts, DistrictStateReader state, DistrictInputReader inputReader, DistrictChecks checks, DistrictNewestCheck newest,
    DistrictStepTaker steps, OwnOperations operations, CauseFinder causes, NoticeChannels channels, RunReporter reporter) : IRunReconciler
{
    /// <summary>A cluster's instances are rolled one by one, and a load balancer takes minutes.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromHours(2);

    public async Task<Outcome> PassAsync(ActiveRun run, CancellationToken cancellationToken)
    {
        var (known, seen) = await LookAsync(run, cancellationToken);
        if (seen is null)
        {
            return known ?? throw new InvalidOperationException("Nothing was seen, and nothing is known.");
        }

        return seen.Plan.Phases.First(p => !p.IsEmpty).GroupBy(StackSteps.StackOf).All(s => s.First() is PlanStep.Wait)
            ? run.Waiting(PlanLines.Step(seen.Plan.Plan.Steps[0]))
            : await WriteAsync(run, seen, cancellationToken);
    }

    /// <summary>
    /// Nobody looked in time, as when the service itself was down: the verdict is what AWS has come to. What could not be made is taken away, as in
    /// time.
    /// </summary>
    public async Task<Outcome?> TimeIsUpAsync(ActiveRun run, TimeSpan after, CancellationToken cancellationToken)
    {
        var (known, _) = await LookAsync(run, cancellationToken);
        return known is not Outcome.Rejected || !run.Progress.Wrote ? known : null;
    }

    /// <returns>What is known already; or what there is to do.</returns>
    private async Task<(Outcome? Known, SeenDistrict? Seen)> LookAsync(ActiveRun run, CancellationToken cancellationToken)
    {
        var (wanted, refusals) = await districts.ReadAsync(run.Row, cancellationToken);
        if (wanted is null)
        {
            return (new Outcome.Rejected(refusals), null);
        }

        var observed = await state.ReadAsync(wanted.Session, cancellationToken);
        if (DistrictGuards.NotOurs(wanted.District, run.Row.Repository, observed) is { IsEmpty: false } foreign)
        {
            return (new Outcome.Rejected([.. wanted.Remarks, .. foreign]), null);
        }

        var (desired, problems) = await DesiredAsync(run, wanted, observed, cancellationToken);
        ImmutableArray<Diagnostic> remarks = [.. wanted.Remarks, .. problems, .. await channels.RemarksAsync(wanted.Session, cancellationToken)];
        if (remarks.Any(d => d.IsError))
        {
            return (new Outcome.Rejected(remarks), null);
        }

        await run.NoteAsync(new(remarks, Timeout) { PlatformCommit = run.Row.Commit }, cancellationToken);
        var judged = new StacksToJudge(
            wanted.Session,
            observed.All,
            (stack, token) => CauseAsync(run, new(wanted.Session, new("", stack, []), token), cancellationToken));
        if (await operations.JudgeAsync(run, judged, cancellationToken) is { } ended)
        {
            return (ended, null);
        }

        var quick = DistrictPlanner.Plan(desired, observed);
        return quick.Plan.IsEmpty ? (new Outcome.Converged(run.Progress.Wrote), null) : (null, new(wanted, desired, observed, quick));
    }

    private async Task<Outcome> WriteAsync(ActiveRun run, SeenDistrict seen, CancellationToken cancellationToken)
    {
        var (wanted, desired, _, _) = seen;
        if (await newest.RefusalAsync(run, wanted, cancellationToken) is { } refused)
        {
            return refused;
        }

        var observed = await state.WithTemplatesAsync(wanted.Session, seen.Observed, cancellationToken);
        var plan = DistrictPlanner.Plan(desired, observed);
        ImmutableArray<Diagnostic> problems =
        [
            .. DistrictGuards.Destructive(desired, observed, plan.Plan),
            .. DistrictGuards.LeftBehind(desired, observed, plan.Plan),
            .. run.Progress.Wrote ? [] : await checks.ProblemsAsync(wanted.Session, new(desired, observed, plan.Plan), cancellationToken),
        ];
        if (run.Progress.Plan is null)
        {
            await run.UpdateAsync(run.Progress with { Plan = PlanMarkdown.Of(plan.Plan) }, cancellationToken);
            await reporter.ProgressAsync(run, cancellationToken);
        }

        return problems.IsEmpty
            ? await steps.TakeAsync(run, SessionOf(wanted, observed), plan, cancellationToken)
            : new Outcome.Rejected([.. run.Progress.Diagnostics, .. problems]);
    }

    private async Task<(DesiredDistrict Desired, ImmutableArray<Diagnostic> Problems)> DesiredAsync(
        ActiveRun run, WantedDistrict wanted, ObservedDistrict observed, CancellationToken cancellationToken)
    {
        if (wanted.District.Delete)
        {
            return (new(wanted.District, Stack: null, []), []);
        }

        var (inputs, problems) = await inputReader.ReadAsync(run, wanted, observed, cancellationToken);
        return problems.IsEmpty ? (DesiredDistrict.Of(inputs, observed), problems) : (new(wanted.District, Stack: null, []), problems);
    }

    private async Task<Outcome.Failed?> CauseAsync(ActiveRun run, RolloutFailure failure, CancellationToken cancellationToken) =>
        await causes.OfStackAsync(run.Row, failure with { SaysWayBack = false }, cancellationToken) is { } cause
            ? cause with { Cause = $"{cause.Cause} {WhatBecameOf(failure.Expected.Stack)}".TrimEnd() }
            : null;

    private static string WhatBecameOf(ObservedStack stack) => stack.Status switch
    {
        StackStatus.UpdateRollbackComplete => $"Stack {stack.Name} was rolled back: it is as it was before.",
        StackStatus.DeleteFailed => "",
        var status when StackStatusTable.MoveFor(status).Move == StackMove.DeleteAndCreate =>
            $"What was made of stack {stack.Name} is taken away again; a push or this check's re-run button makes it anew.",
        _ => "",
    };

    /// <summary>Large templates go by way of the district's bucket, once there is one.</summary>
    private static AwsSession SessionOf(WantedDistrict wanted, ObservedDistrict observed) => wanted.Session with
    {
        District = wanted.District with { ExistingBucket = wanted.District.ExistingBucket ?? observed.Output(DistrictStackKeys.BucketOutput) },
    };

    private sealed record SeenDistrict(WantedDistrict Wanted, DesiredDistrict Desired, ObservedDistrict Observed, DistrictPlan Plan);
}
