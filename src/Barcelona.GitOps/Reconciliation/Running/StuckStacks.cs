using Barcelona.GitOps.Aws;
using Barcelona.GitOps.Aws.Failures;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Planning;
using Barcelona.GitOps.Core.Reports;
using Barcelona.GitOps.Core.Reports.Failures;

namespace Barcelona.GitOps.Reconciliation.Running;

/// <summary>Ends a run at a stack that needs a person: with what it is stuck at, and what there is to do.</summary>
public sealed class StuckStacks(StuckResources resources)
{
    /// <summary>A creation that CloudFormation does not let be deleted, as of a stack with termination protection.</summary>
    public static string NotTakenBack(ObservedStack stack, string reason)
    {
        var left = StackStatusTable.MoveFor(stack.Status).Move == StackMove.Wait
            ? $"What AWS has begun goes on ({stack.Status})."
            : $"It stays as it is, {stack.Status}.";
        return $"CloudFormation refuses to delete stack {stack.Name}: {reason.TrimEnd('.')}. {left} "
            + "Delete it once that is mended; a deploy then makes it anew.";
    }

    /// <param name="known">What failed before; null: nothing is known of it. The stack's trouble comes after it.</param>
    public async Task<Outcome.Failed> AskAsync(
        AwsSession session, (StackName Name, StackStatus Status) stack, Outcome.Failed? known, CancellationToken cancellationToken)
    {
        var (name, status) = stack;
        var failed = await resources.ReadAsync(session, name, cancellationToken);
        var lines = StackRecovery.Lines(name, status, session.District.Region, failed);
        var cause = status switch
        {
            StackStatus.UpdateRollbackFailed =>
                $"Stack {name} could not be rolled back, not even a second time: a person has to go on. The check's text says how.",
            StackStatus.DeleteFailed =>
                $"Stack {name} cannot be deleted: a person has to take away what stands in the way. The check's text says how.",
            _ => $"Stack {name} is {status}. {StackStatusTable.MoveFor(status).What}",
        };
        return new($"{known?.Cause} {cause}".TrimStart(), [.. known?.Evidence ?? [], .. Redactor.Redact(lines)]) { Remark = known?.Remark };
    }
}
