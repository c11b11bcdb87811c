using Barcelona.GitOps.Core.Manifest;
using Barcelona.GitOps.Reconciliation.Reporting;
using Barcelona.GitOps.Reconciliation.Running;
using Barcelona.GitOps.Storage.History;

namespace Barcelona.GitOps.Reconciliation.Gates;

/// <summary>
/// What a deploy waits for before it does anything: checks and approval, both at once. The time that it waits is not the deploy's own.
/// </summary>
public sealed class DeployGates(CheckGate checks, ApprovalGate approval, RunReporter reporter, TimeProvider clock)
{
    /// <summary>Events wake the run; this is for those that never come. Nobody's tool ends a check without one, but for our own.</summary>
    private static readonly TimeSpan ForChecks = TimeSpan.FromSeconds(30), ForPeople = TimeSpan.FromMinutes(10);

    /// <summary>The gates' own limits are shorter, and say more.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(4);

    /// <returns>Null: all are open.</returns>
    public async Task<Outcome?> HoldAsync(ActiveRun run, DeploySettings? deploy, CancellationToken cancellationToken)
    {
        if (deploy is null || run.Progress.Wrote || run.Row.Kind != RunKind.Deploy)
        {
            return null;
        }

        var (check, approved) = (await checks.ReadAsync(run, deploy, cancellationToken), await approval.ReadAsync(run, deploy, cancellationToken));
        GateReading[] readings = [check, approved];
        if (readings.OfType<GateReading.Shut>().FirstOrDefault() is var (cause, evidence))
        {
            return new Outcome.Failed(cause, evidence);
        }

        var waiting = string.Join(", and for ", readings.OfType<GateReading.Waiting>().Select(w => w.For));
        if (waiting.Length == 0)
        {
            await OpenAsync(run, deploy, cancellationToken);
            return null;
        }

        var isNews = run.Progress.Waiting != waiting;
        if (isNews)
        {
            await NoteAsync(run, waiting, (check, approved), cancellationToken);
        }

        // A question that is open stays as it was asked: its button is what matters.
        if (run.Progress.Approval is { IsTold: false, By: null })
        {
            await reporter.AskAsync(run, cancellationToken);
        }
        else if (isNews && run.Progress.Approval is not { By: null })
        {
            await reporter.ProgressAsync(run, cancellationToken);
            await reporter.DeploymentAsync(run, cancellationToken);
        }

        return new Outcome.InProgress(check is GateReading.Waiting ? ForChecks : ForPeople, $"Waiting for {waiting}");
    }

    private Task NoteAsync(
        ActiveRun run, string waiting, (GateReading Check, GateReading Approval) gates, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var progress = run.Progress with
        {
            Waiting = waiting,
            IsHeld = true,
            ChecksAwaitedSince = gates.Check is GateReading.Waiting ? run.Progress.ChecksAwaitedSince ?? now : null,
            Approval = run.Progress.Approval ?? (gates.Approval is GateReading.Waiting ? new ApprovalAsked(now, IsTold: false, By: null) : null),
            Deadline = now + Longest,
        };
        return run.UpdateAsync(progress, cancellationToken);
    }

    private async Task OpenAsync(ActiveRun run, DeploySettings deploy, CancellationToken cancellationToken)
    {
        if (run.Progress.IsHeld)
        {
            var opened = run.Progress with { Waiting = null, IsHeld = false, ChecksAwaitedSince = null, Looks = 0 };
            var deadline = clock.GetUtcNow() + deploy.Timeout;
            var overtaken = opened.TakenOver is null ? null : opened.TakenOverUntil;
            await run.UpdateAsync(opened with { Deadline = overtaken > deadline ? overtaken : deadline }, cancellationToken);
            await reporter.DeploymentAsync(run, cancellationToken);
        }
    }
}
