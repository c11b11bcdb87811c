using Barcelona.GitOps.Sandbox.Aws.CloudFormation.Stacks;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Changes;

/// <summary>
/// ROLLBACK_IN_PROGRESS to ROLLBACK_COMPLETE: takes away what a failed creation has made. The stack stays, and can only be deleted.
/// </summary>
internal sealed class StackRollback(AwsRegion region, Stack stack)
{
    public void Start(string reason)
    {
        stack.Enter("ROLLBACK_IN_PROGRESS", reason);
        var stuck = region.Faults.ForRollback(stack.Name);
        var run = stack.Run = new ResourceDeletions(region, stack).Run(new HashSet<string>(), stuck, Finished);
        region.Timeline.After(region.Timings.StackStep, run.Start);
    }

    private void Finished(ResourceRun run)
    {
        stack.Run = null;
        if (run.FailedIds.Count > 0) stack.Enter("ROLLBACK_FAILED", FailureReasons.Of(stack, run.FailedIds));
        else stack.Enter("ROLLBACK_COMPLETE");
    }
}
