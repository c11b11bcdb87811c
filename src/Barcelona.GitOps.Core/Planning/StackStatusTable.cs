namespace Barcelona.GitOps.Core.Planning;

/// <summary>
/// From every status of a stack the way on.
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html#cfn-console-view-stack-data-resources-status-codes
/// </summary>
public static class StackStatusTable
{
    /// <summary>The next move, and what it means, as a person should read it.</summary>
    public static (StackMove Move, string What) MoveFor(StackStatus status) => status switch
    {
        StackStatus.DeleteComplete => (StackMove.Create, "It was deleted: create it."),

        StackStatus.CreateComplete or StackStatus.UpdateComplete or StackStatus.ImportComplete =>
            (StackMove.Update, "It is at rest: compare and update."),
        StackStatus.UpdateRollbackComplete or StackStatus.ImportRollbackComplete =>
            (StackMove.Update, "Its last update was rolled back and what ran before runs: update it."),
        StackStatus.UpdateFailed => (StackMove.Update, "Somebody updated it and kept what had failed: update it over that."),

        StackStatus.CreateInProgress => (StackMove.Wait, "It is being created: look again."),
        StackStatus.RollbackInProgress => (StackMove.Wait, "Its creation failed and is being undone: look again."),
        StackStatus.DeleteInProgress => (StackMove.Wait, "It is being deleted: look again."),
        StackStatus.UpdateInProgress => (StackMove.Wait, "It is being updated: look again."),
        StackStatus.UpdateCompleteCleanupInProgress => (StackMove.Wait, "It is updated and is removing what it no longer needs: look again."),
        StackStatus.UpdateRollbackInProgress => (StackMove.Wait, "Its update failed and is being undone: look again."),
        StackStatus.UpdateRollbackCompleteCleanupInProgress =>
            (StackMove.Wait, "Its update is undone and it is removing what was new: look again."),
        StackStatus.ImportInProgress or StackStatus.ImportRollbackInProgress =>
            (StackMove.Wait, "Somebody is importing resources into it: look again."),

        StackStatus.CreateFailed or StackStatus.RollbackComplete or StackStatus.RollbackFailed =>
            (StackMove.DeleteAndCreate, "Its creation failed, so it holds nothing that works and can only be deleted: delete it, then create it."),
        StackStatus.ReviewInProgress =>
            (StackMove.DeleteAndCreate, "It is a change set that was never executed and holds nothing: delete it, then create it."),
        StackStatus.DeleteFailed =>
            (StackMove.DeleteAndCreate, "Its deletion stopped half-way and nothing else is possible: delete it again, then create it."),

        StackStatus.UpdateRollbackFailed => (StackMove.ContinueRollback,
            "Its update could not be undone: continue the rollback once; if that fails too, a person has to mend or to skip what stands in the way."),

        StackStatus.ImportRollbackFailed =>
            (StackMove.AskPerson, "An import could not be undone: finish or undo it in the CloudFormation console, then re-run this check."),
        StackStatus.Unknown => (StackMove.AskPerson,
            "CloudFormation reports a status that this version does not know: see the stack in the CloudFormation console, then re-run this check."),
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "Not a stack status."),
    };

    /// <summary>
    /// What stands in the parameters is what is there. After a roll-back that is what ran before: whoever goes back to it has nothing to update.
    /// </summary>
    public static bool IsDone(StackStatus status) =>
        status is StackStatus.CreateComplete or StackStatus.UpdateComplete or StackStatus.UpdateRollbackComplete
            or StackStatus.ImportComplete or StackStatus.ImportRollbackComplete;

    /// <summary>What is being done ends, if it succeeds, in what the stack's parameters say.</summary>
    public static bool IsOnTheWay(StackStatus status) =>
        status is StackStatus.CreateInProgress or StackStatus.UpdateInProgress or StackStatus.UpdateCompleteCleanupInProgress;

    /// <summary>There is a stack with resources that are worth comparing with.</summary>
    public static bool HoldsResources(StackStatus status) => MoveFor(status).Move is StackMove.Update or StackMove.ContinueRollback
        || status is StackStatus.UpdateInProgress or StackStatus.UpdateCompleteCleanupInProgress or StackStatus.UpdateRollbackInProgress
            or StackStatus.UpdateRollbackCompleteCleanupInProgress or StackStatus.ImportInProgress or StackStatus.ImportRollbackInProgress
            or StackStatus.ImportRollbackFailed or StackStatus.CreateInProgress or StackStatus.Unknown;
}
