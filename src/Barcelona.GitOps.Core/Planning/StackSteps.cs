using Barcelona.GitOps.Core.Templates;

namespace Barcelona.GitOps.Core.Planning;

/// <summary>
/// From what a stack is to what it should be: the same for the stacks of a release, of a district and of an endpoint. Knows nothing of earlier
/// passes, so that whoever carries on after a crash gets the steps that are left.
/// </summary>
public static class StackSteps
{
    /// <summary>What makes the stack be as wanted; nothing when it is.</summary>
    public static IEnumerable<PlanStep> ToHave(StackSpec wanted, ObservedStack? stack)
    {
        var fingerprint = wanted.Parameters[StackKeys.FingerprintParameter];
        var (move, what) = stack is null ? (StackMove.Create, "") : StackStatusTable.MoveFor(stack.Status);
        return (move, stack) switch
        {
            (StackMove.Update, { } s) => IsAsWanted(wanted, s) ? [] : [new PlanStep.UpdateStack(wanted)],
            (StackMove.Wait, { } s) when StackStatusTable.IsOnTheWay(s.Status) && Fingerprint(s) == fingerprint =>
                [new PlanStep.Wait(s.Name, s.Status)],
            (StackMove.Wait, { } s) when StackStatusTable.HoldsResources(s.Status) =>
                [new PlanStep.Wait(s.Name, s.Status), new PlanStep.UpdateStack(wanted)],
            (StackMove.Wait, { } s) => [new PlanStep.Wait(s.Name, s.Status), new PlanStep.CreateStack(wanted)],
            (StackMove.DeleteAndCreate, { } s) => [new PlanStep.DeleteFailedStack(s.Name, s.Id, s.Status), new PlanStep.CreateStack(wanted)],
            (StackMove.ContinueRollback, { } s) => [new PlanStep.ContinueRollback(s.Name), new PlanStep.UpdateStack(wanted)],
            (StackMove.AskPerson, { } s) => [new PlanStep.AskPerson(s.Name, s.Status, what)],
            _ => [new PlanStep.CreateStack(wanted)],
        };
    }

    /// <summary>What makes the stack be gone; nothing when it is.</summary>
    public static IEnumerable<PlanStep> ToLack(ObservedStack? stack) => stack switch
    {
        null or { Status: StackStatus.DeleteComplete } => [],
        { Status: StackStatus.DeleteInProgress } s => [new PlanStep.Wait(s.Name, s.Status)],
        { } s when StackStatusTable.MoveFor(s.Status).Move == StackMove.Wait =>
            [new PlanStep.Wait(s.Name, s.Status), new PlanStep.DeleteStack(s.Name, s.Id)],
        { } s => [new PlanStep.DeleteStack(s.Name, s.Id)],
    };

    /// <summary>The last operation on it succeeded, and was for just this.</summary>
    public static bool IsAsWanted(StackSpec wanted, ObservedStack stack) =>
        StackStatusTable.IsDone(stack.Status) && Fingerprint(stack) == wanted.Parameters[StackKeys.FingerprintParameter];

    /// <summary>What makes or changes something of ours, as against getting a stack out of the way first.</summary>
    public static bool IsWrite(PlanStep step) => step is PlanStep.CreateStack or PlanStep.UpdateStack or PlanStep.RegisterTaskDefinition;

    private static string? Fingerprint(ObservedStack stack) => stack.Parameters.GetValueOrDefault(StackKeys.FingerprintParameter);
}
