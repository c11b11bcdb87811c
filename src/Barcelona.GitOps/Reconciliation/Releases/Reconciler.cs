using System.Collections.Immutable;
using Barcelona.GitOps.Aws;
using Barcelona.GitOps.Aws.Observing;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Planning;
using Barcelona.GitOps.Core.Reports;
using Barcelona.GitOps.Core.Templates;
using Barcelona.GitOps.Git;
using Barcelona.GitOps.GitHub.Http;
using Barcelona.GitOps.Reconciliation.Acts;
using Barcelona.GitOps.Reconciliation.BeforeDeploy;
using Barcelona.GitOps.Reconciliation.Gates;
using Barcelona.GitOps.Reconciliation.GivingUp;
using Barcelona.GitOps.Reconciliation.Heads;
using Barcelona.GitOps.Reconciliation.Images;
using Barcelona.GitOps.Reconciliation.Platform;
using Barcelona.GitOps.Reconciliation.Reporting;
using Barcelona.GitOps.Reconciliation.Running;
using Barcelona.GitOps.Storage.History;
namespace Barcelona.GitOps.Reconciliation.Releases;

/// <summary>
/// The story of a deploy, top to bottom: read what is wanted, read what is there, compare, refuse or take the next step, judge.
/// Each pass tells it from the beginning; nothing depends on which pass, or which process, it is.
/// </summary>
public sealed class Reconciler(
    ReleaseReader releases,
    DeployRights rights,
    DeployGates gates,
    AwsStateReader state,
    ReferenceReader references,
    References lookups,
    ImageWaiter images,
    StepTaker steps,
    Judge judge,
    BeforeDeployRunner beforeDeploy,
    NewestCheck newest,
    HeldCommits held,
    ReleaseRecorder recorder,
    Stopping stopping,
    RestartCheck restarts,
    FailFast failFast,
    BegunReleases begun,
    RunReporter reporter) : IRunReconciler
{
    public async Task<Outcome> PassAsync(ActiveRun run, CancellationToken cancellationToken)
    {
        try
        {
            var outcome = await TellAsync(run, cancellationToken);

            // What stands against the release ends nothing that has begun, by this run or the one before it: only new writes are refused.
            outcome = WhatStandsAgainst(outcome) is { } why
                ? await begun.LookAsync(run, why, cancellationToken) ?? await MigrationEndsAsync(run, why, cancellationToken) ?? outcome
                : outcome;
            return WhyItEnds(outcome) is { } reason ? await begun.TakenOverAsync(run, reason, cancellationToken) ?? outcome : outcome;
        }
        catch (Exception trouble) when (trouble is AwsDeniedException or GitHubRefusedException or GitHubUnavailableException
            or GitUnavailableException or PlatformRepositoryException)
        {
            // What is wanted cannot be read, or not all of what is there: somebody says no, or is away.
            if ((await begun.LookAsync(run, trouble.Message, cancellationToken)
                ?? await MigrationEndsAsync(run, trouble.Message, cancellationToken)
                ?? await begun.TakenOverAsync(run, trouble.Message, cancellationToken)) is { } outcome)
            {
                return outcome;
            }

            throw;
        }
    }

    public async Task<Outcome?> TimeIsUpAsync(ActiveRun run, TimeSpan after, CancellationToken cancellationToken) =>
        await beforeDeploy.TimeIsUpAsync(run, cancellationToken) ?? await begun.TimeIsUpAsync(run, after, cancellationToken);

    /// <summary>Nobody leaves a migration alone: it is waited for until its time is up, and then told to stop.</summary>
    private async Task<Outcome?> MigrationEndsAsync(ActiveRun run, string why, CancellationToken cancellationToken)
    {
        if (run.Progress.BeforeDeploy is not { IsUnderWay: true, TaskArn: not null })
        {
            return null;
        }

        try
        {
            var trouble = Redactor.Redact(why);
            return await beforeDeploy.TimeIsUpAsync(run, cancellationToken) switch
            {
                null => run.Waiting(why) with { Trouble = trouble },
                Outcome.InProgress waiting => waiting with { Trouble = trouble },
                var ended => ended,
            };
        }
        catch (AwsDeniedException denied)
        {
            // Somebody may grant the right before the run's own time is up.
            return run.Waiting(denied.Message) with { Trouble = Redactor.Redact(denied.Message) };
        }
    }

    /// <summary>What it waits for may have to be waited for once more, as a check that runs again, after it took over what AWS is at work on.</summary>
    private async Task<Outcome.InProgress> WhileWaitingAsync(ActiveRun run, Outcome.InProgress waiting, CancellationToken cancellationToken) =>
        await begun.LookAtTakenOverAsync(run, cancellationToken) is { } busy && busy.After < waiting.After
            ? waiting with { After = busy.After, Trouble = busy.Trouble }
            : waiting;

    private static string? WhatStandsAgainst(Outcome outcome) => outcome switch
    {
        Outcome.Rejected(var diagnostics) => diagnostics.First(d => d.IsError).Message,
        Outcome.Refused(var reason) => reason,
        _ => null,
    };

    /// <returns>Null: it does not, or what it asks for runs.</returns>
    private static string? WhyItEnds(Outcome outcome) => outcome switch
    {
        Outcome.Failed failed => failed.Cause,
        Outcome.Superseded(_, var reason) => reason,
        Outcome.Cancelled(var reason) => reason,
        Outcome.Held(var reason) => reason,
        _ => WhatStandsAgainst(outcome),
    };

    private async Task<Outcome> TellAsync(ActiveRun run, CancellationToken cancellationToken)
    {
        return await releases.ReadAsync(run.Row, cancellationToken) switch
        {
            // Whoever has begun something waits on, so that what became of it is looked at.
            ReleaseReading.Waiting when run.Row.CancelAskedAt is not null && run.Progress.HasBegunNothing =>
                new Outcome.Cancelled($"{Cancellations.By(run.Row.CancelAskedBy)}, while it waited. Nothing was changed."),
            ReleaseReading.Wanted(var wanted) => await PassAsync(run, wanted, cancellationToken),
            ReleaseReading.Refused(var diagnostics) => new Outcome.Rejected(diagnostics),
            ReleaseReading.Waiting(var what) => await WhileWaitingAsync(run, run.Waiting(what), cancellationToken),
            var other => throw new InvalidOperationException($"A reading that nobody knows: {other.GetType().Name}."),
        };
    }

    private async Task<Outcome> PassAsync(ActiveRun run, WantedRelease wanted, CancellationToken cancellationToken)
    {
        // First of all: while its task is at work a run neither gives way nor is refused.
        if (await beforeDeploy.ContinueAsync(run, wanted, cancellationToken) is { } working)
        {
            return working;
        }

        var target = new DeployTarget(run.Row.District, run.Row.Heritage);
        var stacks = await state.ReadStacksAsync(wanted.Session, target, cancellationToken);
        if (StackOwnership.RefusalOf(run.Row.Repository, target, stacks) is { } foreign)
        {
            return new Outcome.Refused(foreign.ToString());
        }

        if (run.Row.CancelAskedAt is not null)
        {
            return await stopping.PassAsync(run, wanted.Session, stacks.AppStack, cancellationToken);
        }

        if (!run.Progress.Wrote && !run.Row.IsAskedByName
            && await rights.RefusalAsync(run.Row, wanted.District, wanted.PlaceOfDistrict, cancellationToken) is { } noRight)
        {
            return new Outcome.Rejected([.. wanted.Remarks, noRight]);
        }

        if (await failFast.BackAsync(run, wanted.Session, stacks.AppStack, cancellationToken) is { } back)
        {
            return back;
        }

        if (await held.RefusalAsync(run.Row, stacks.AppStack, cancellationToken) is { } rolledBackFrom)
        {
            return rolledBackFrom;
        }

        if (await restarts.RefusalAsync(run, wanted.Session, stacks.AppStack, cancellationToken) is { } another)
        {
            return another;
        }

        if (run is { Overtakes.Count: > 0, Progress.Operations.IsEmpty: true } && await NoLongerAsync(run, stacks, cancellationToken) is { } past)
        {
            return past;
        }

        await run.AdmittedAsync(cancellationToken);
        if (await gates.HoldAsync(run, wanted.Environment.Deploy, cancellationToken) is { } closed)
        {
            return closed is Outcome.InProgress shut ? await WhileWaitingAsync(run, shut, cancellationToken) : closed;
        }

        var (inputs, notes, _) = await references.ResolveAsync(run, wanted, stacks, cancellationToken);
        inputs = inputs with { ImageDigest = run.Progress.Image?.Digest };
        var built = DesiredStateBuilder.Build(inputs);
        ImmutableArray<Diagnostic> remarks = [.. wanted.Remarks, .. notes, .. built.Diagnostics];
        if (built.Value is not { } desired || remarks.Any(d => d.IsError))
        {
            return new Outcome.Rejected(remarks);
        }

        await run.NoteAsync(NotesOf(run, wanted, remarks), cancellationToken);
        if (!desired.TaskDefinitions.IsEmpty)
        {
            switch (await images.DecideAsync(run, wanted, stacks, cancellationToken))
            {
                case ImageDecision.Instead(Outcome.InProgress waiting):
                    // While there is time anyway: what is missing is said before the image is built.
                    return await MissingAsync(run, wanted, cancellationToken) ?? waiting;
                case ImageDecision.Instead(var outcome):
                    return outcome;
                case ImageDecision.Deploy(var digest) when digest is not null && digest != inputs.ImageDigest:
                    inputs = inputs with { ImageDigest = digest };
                    desired = DesiredStateBuilder.Build(inputs).Value ?? desired;
                    break;
            }
        }

        if (run.Overtakes.Count > 0)
        {
            // Before anything of an older run ends by this one, and not only before its own first write.
            if ((GuardOf(run, desired, stacks.AppStack) ?? await MissingAsync(run, wanted, cancellationToken)) is { } refusal)
            {
                return refusal;
            }

            await run.ReadyAsync(AwsPlace.Of(wanted.District), cancellationToken);
        }

        // What this run began is judged before anything new is planned: a roll-back must not be tried again for ever.
        var release = new PlannedRelease(wanted, inputs, desired);
        if (await judge.OwnOperationsAsync(run, release, stacks, cancellationToken) is { } ended)
        {
            return ended;
        }

        var quick = Planner.Plan(desired, stacks);
        return quick.Steps switch
        {
            [] => await RolloutAsync(run, release, stacks, cancellationToken),
            [PlanStep.Wait wait, ..] => await failFast.LookAsync(run, release, stacks.AppStack, cancellationToken)
                ?? run.Waiting(wait.Stack, wait.Status),
            _ => await WriteAsync(run, release, stacks, cancellationToken),
        };
    }

    private static RunNotes NotesOf(ActiveRun run, WantedRelease wanted, ImmutableArray<Diagnostic> remarks) =>
        new(remarks, wanted.Environment.Deploy?.Timeout)
        {
            Image = wanted.ReadableImage(run.Progress.Image?.Digest ?? wanted.PinnedDigest),
            PlatformCommit = CommitSha.TryParse(wanted.PlatformCommit, out var commit) ? commit : null,
        };

    private async Task<Outcome> RolloutAsync(ActiveRun run, PlannedRelease release, ObservedState stacks, CancellationToken cancellationToken)
    {
        var outcome = await judge.RolloutAsync(run, release, stacks, cancellationToken);
        if (outcome is Outcome.Converged && run.Row.IsRollback && StackMemory.HoldOf(stacks.AppStack?.Parameters) != run.Row.Hold)
        {
            return new Outcome.Failed("What the release asked for runs. The hold is not in the stack, since CloudFormation found nothing to update.");
        }

        if (outcome is Outcome.Converged)
        {
            await recorder.ConfirmAsync(run, release, stacks.AppStack, cancellationToken);
        }

        return outcome;
    }

    private async Task<Outcome> WriteAsync(ActiveRun run, PlannedRelease release, ObservedState stacks, CancellationToken cancellationToken)
    {
        if (await NoLongerAsync(run, stacks, cancellationToken) is { } past)
        {
            return past;
        }

        var wanted = release.Wanted;
        var families = release.Desired.TaskDefinitions.Select(t => t.Family).ToArray();
        var observed = await state.ReadDetailsAsync(wanted.Session, stacks, families, cancellationToken);
        var plan = Planner.Plan(release.Desired, observed);

        if ((GuardOf(run, release.Desired, observed.AppStack) ?? await MissingAsync(run, wanted, cancellationToken)) is { } refusal)
        {
            return refusal;
        }

        release = release with { Number = await recorder.BeginAsync(run, release, observed.AppStack, cancellationToken) };
        if (run.Progress.Plan is null)
        {
            await run.UpdateAsync(run.Progress with { Plan = PlanMarkdown.Of(plan) }, cancellationToken);
            await reporter.ProgressAsync(run, cancellationToken);
        }

        // What CloudFormation finds nothing to do about is as wanted: not looked at again and again until time is up.
        return await steps.TakeAsync(run, release, observed, plan, cancellationToken)
            ?? await RolloutAsync(run, release, observed, cancellationToken);
    }

    /// <summary>Who goes back, or restarts what runs, asks for something else than what git says now; what was migrated for is deployed.</summary>
    private async Task<Outcome?> NoLongerAsync(ActiveRun run, ObservedState stacks, CancellationToken cancellationToken) =>
        run.Row.Kind == RunKind.Deploy && run.Progress.BeforeDeploy is not { HasSucceeded: true }
            ? await newest.RefusalAsync(run, stacks, cancellationToken)
            : null;

    /// <summary>Who goes back has named the release.</summary>
    private static Outcome.Refused? GuardOf(ActiveRun run, DesiredState desired, ObservedStack? app) =>
        !run.Row.IsRollback && PlanGuards.DeletesEveryService(desired, app) is { } refusal ? new Outcome.Refused(refusal.ToString()) : null;

    private async Task<Outcome?> MissingAsync(ActiveRun run, WantedRelease wanted, CancellationToken cancellationToken) =>
        await lookups.MissingParametersAsync(wanted.Session, wanted.Environment, cancellationToken) is { IsEmpty: false } missing
            ? new Outcome.Rejected([.. run.Progress.Diagnostics, .. missing])
            : null;
}

/// <summary>A release with what it should look like in AWS.</summary>
public sealed record PlannedRelease(WantedRelease Wanted, ReleaseInputs Inputs, DesiredState Desired)
{
    /// <summary>0: nothing has to be changed, or not yet.</summary>
    public long Number { get; init; }
}
