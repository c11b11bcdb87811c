namespace Barcelona.GitOps.Core.Planning;

/// <summary>
/// Every status that CloudFormation documents for a stack.
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_Stack.html
/// </summary>
public enum StackStatus
{
    /// <summary>A word that CloudFormation did not have when this was written.</summary>
    Unknown,
    CreateInProgress,
    CreateFailed,
    CreateComplete,
    RollbackInProgress,
    RollbackFailed,
    RollbackComplete,
    DeleteInProgress,
    DeleteFailed,
    DeleteComplete,
    UpdateInProgress,
    UpdateCompleteCleanupInProgress,
    UpdateComplete,
    UpdateFailed,
    UpdateRollbackInProgress,
    UpdateRollbackFailed,
    UpdateRollbackCompleteCleanupInProgress,
    UpdateRollbackComplete,
    ReviewInProgress,
    ImportInProgress,
    ImportComplete,
    ImportRollbackInProgress,
    ImportRollbackFailed,
    ImportRollbackComplete,
}

/// <summary>What can be done next with a stack.</summary>
public enum StackMove
{
    /// <summary>There is none: create it.</summary>
    Create,

    /// <summary>It is at rest: compare and update.</summary>
    Update,

    /// <summary>CloudFormation is at work: look again.</summary>
    Wait,

    /// <summary>Its creation failed: it holds nothing that works; delete it, then create it.</summary>
    DeleteAndCreate,

    /// <summary>Its rollback failed: continue the rollback, once; then a person.</summary>
    ContinueRollback,

    /// <summary>Only a person can decide; the move's text says what.</summary>
    AskPerson,
}
