namespace Barcelona.GitOps.Aws.Converging;

/// <summary>What came of starting a step.</summary>
public abstract record StepOutcome
{
    private StepOutcome() { }

    /// <summary>CloudFormation is at work. Also the answer when an earlier attempt with the same token was lost on its way back.</summary>
    public sealed record Started(string StackId) : StepOutcome;

    /// <summary>It is already so.</summary>
    public sealed record NothingToDo : StepOutcome;

    /// <summary>The stack is not as it was when the plan was made: look again and plan again.</summary>
    public sealed record Busy(string Reason) : StepOutcome;

    /// <summary>CloudFormation will not do it, now or later. The text is its own.</summary>
    public sealed record Refused(string Reason) : StepOutcome;
}
