using Barcelona.GitOps.Core.Manifest;
using Barcelona.GitOps.Reconciliation.Reporting;
using Barcelona.GitOps.Reconciliation.Running;
using Barcelona.GitOps.Storage.History;

namespace Barcelona.GitOps.Reconciliation.Gates;

/// <summary><c>approve</c>: somebody of these teams lets the commit go to the environment.</summary>
public sealed class ApprovalGate(Approvals approvals, RunReporter reporter, TimeProvider clock)
{
    /// <summary>A weekend.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3);

    /// <summary>Who asks for the same commit again within it asks nobody again.</summary>
    private static readonly TimeSpan Valid = TimeSpan.FromDays(1);

    public async Task<GateReading> ReadAsync(ActiveRun run, DeploySettings deploy, CancellationToken cancellationToken)
    {
        if (deploy.Approve.IsEmpty || run.Progress.Approval is { By: not null })
        {
            return new GateReading.Open();
        }

        var now = clock.GetUtcNow();
        if (await approvals.FindAsync(run.Row, now - Valid, cancellationToken) is { } given)
        {
            await reporter.ApprovedAsync(run, given.Actor, cancellationToken);
            return new GateReading.Open();
        }

        var teams = string.Join(" or ", deploy.Approve.Select(t => t.Value));
        return run.Progress.Approval is { } asked && now - asked.At > Longest
            ? new GateReading.Shut($"Nobody of {teams} approved within {Longest.TotalDays:0} days: nothing was changed.", [])
            : new GateReading.Waiting($"approval by {teams}");
    }
}
