using Barcelona.GitOps.Sandbox.Aws.CloudFormation.Stacks;
using Barcelona.GitOps.Sandbox.Aws.CloudFormation.Templates;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Changes;

/// <summary>UPDATE_IN_PROGRESS over UPDATE_COMPLETE_CLEANUP_IN_PROGRESS to UPDATE_COMPLETE, or into a rollback.</summary>
internal sealed class StackUpdate(AwsRegion region, Stack stack)
{
    public void Start(StackDefinition wanted, bool disableRollback)
    {
        // After UPDATE_FAILED the way back leads to the last complete state, not to the failed one.
        if (stack.Status != "UPDATE_FAILED") stack.Before = Snapshot();
        stack.Definition = wanted;
        stack.UpdatedAt = region.Now;
        stack.Enter("UPDATE_IN_PROGRESS", "User Initiated");
        var forward = new StackForward(region, stack);
        var run = stack.Run = forward.Run("UPDATE", run => Finished(forward, run, disableRollback));
        region.Timeline.After(region.Timings.StackStep, () =>
        {
            if (ParameterExistence.Refuse(region, wanted) is not { } reason || stack.Run != run) run.Start();
            else Fail(reason, disableRollback);
        });
    }

    public void Cancel()
    {
        stack.Run?.Cancel();
        stack.Run = null;
        new StackUpdateRollback(region, stack).Start("User Initiated", skip: []);
    }

    private void Finished(StackForward forward, ResourceRun run, bool disableRollback)
    {
        stack.Run = null;
        var failed = run.FailedIds;
        if (failed.Count == 0)
        {
            region.Timeline.After(region.Timings.StackStep, () => CleanUp(forward));
            return;
        }
        Fail(FailureReasons.Of(stack, failed), disableRollback);
    }

    private void Fail(string reason, bool disableRollback)
    {
        stack.Run = null;
        if (disableRollback) stack.Enter("UPDATE_FAILED", reason);
        else new StackUpdateRollback(region, stack).Start(reason, skip: []);
    }

    private void CleanUp(StackForward forward)
    {
        // Cancelled meanwhile.
        if (stack.Status != "UPDATE_IN_PROGRESS") return;
        stack.Outputs = forward.Outputs();
        stack.Enter("UPDATE_COMPLETE_CLEANUP_IN_PROGRESS");
        new StackCleanUp(region, stack).Start(() => stack.Enter("UPDATE_COMPLETE"));
    }

    private StackBefore Snapshot() =>
        new(stack.Definition, stack.Resources.Values.ToDictionary(resource => resource.LogicalId, resource => resource.Snapshot()), stack.Outputs);
}
