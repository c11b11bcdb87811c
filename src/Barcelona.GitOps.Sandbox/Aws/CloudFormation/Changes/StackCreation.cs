using Barcelona.GitOps.Sandbox.Aws.CloudFormation.Stacks;
using Barcelona.GitOps.Sandbox.Aws.CloudFormation.Templates;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Changes;

/// <summary>CREATE_IN_PROGRESS to CREATE_COMPLETE, or back by what OnFailure says.</summary>
internal sealed class StackCreation(AwsRegion region, Stack stack)
{
    public void Start()
    {
        stack.Enter("CREATE_IN_PROGRESS", "User Initiated");
        var forward = new StackForward(region, stack);
        var run = stack.Run = forward.Run("CREATE", run => Finished(forward, run));
        region.Timeline.After(region.Timings.StackStep, () =>
        {
            if (ParameterExistence.Refuse(region, stack.Definition) is { } reason && stack.Run == run) Fail(reason);
            else run.Start();
        });
    }

    private void Finished(StackForward forward, ResourceRun run)
    {
        stack.Run = null;
        var failed = run.FailedIds;
        if (failed.Count == 0)
        {
            region.Timeline.After(region.Timings.StackStep, () => Complete(forward));
            return;
        }
        Fail(FailureReasons.Of(stack, failed));
    }

    private void Fail(string reason)
    {
        stack.Run = null;
        switch (stack.Settings.OnFailure)
        {
            case "DO_NOTHING":
                stack.Enter("CREATE_FAILED", reason);
                break;
            case "DELETE":
                new StackDeletion(region, stack).Start(retain: [], reason: reason + "Delete requested by user.");
                break;
            default:
                new StackRollback(region, stack).Start(reason + "Rollback requested by user.");
                break;
        }
    }

    private void Complete(StackForward forward)
    {
        // Deleted meanwhile.
        if (stack.Status != "CREATE_IN_PROGRESS") return;
        stack.Outputs = forward.Outputs();
        stack.Enter("CREATE_COMPLETE");
    }
}
