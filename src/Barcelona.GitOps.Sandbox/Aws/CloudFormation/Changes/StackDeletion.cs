using Barcelona.GitOps.Sandbox.Aws.CloudFormation.Stacks;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Changes;

/// <summary>DELETE_IN_PROGRESS to DELETE_COMPLETE; afterwards the stack is found by its id alone.</summary>
internal sealed class StackDeletion(AwsRegion region, Stack stack)
{
    public void Start(IReadOnlyList<string> retain, string reason = "User Initiated")
    {
        stack.Run?.Cancel();
        stack.Enter("DELETE_IN_PROGRESS", reason);
        var run = stack.Run = new ResourceDeletions(region, stack).Run(retain.ToHashSet(), stuck: false, Finished);
        region.Timeline.After(region.Timings.StackStep, run.Start);
    }

    private void Finished(ResourceRun run)
    {
        stack.Run = null;
        if (run.FailedIds.Count > 0)
        {
            stack.Enter("DELETE_FAILED", FailureReasons.Of(stack, run.FailedIds));
            return;
        }
        stack.Outputs = [];
        stack.DeletedAt = region.Now;
        stack.Enter("DELETE_COMPLETE");
    }
}
