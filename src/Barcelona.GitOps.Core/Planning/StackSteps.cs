using System.Collections.Immutable;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Planning.Differences;
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
            (StackMove.Update, { } s) => IsAsWanted(wanted, s) ? [] : ToUpdate(wanted, s),
            (StackMove.Wait, { } s) when StackStatusTable.IsOnTheWay(s.Status) && Fingerprint(s) == fingerprint =>
                [new PlanStep.Wait(s.Name, s.Status)],
            (StackMove.Wait, { } s) when StackStatusTable.HoldsResources(s.Status) =>
                ToUpdate(wanted, s).Prepend(new PlanStep.Wait(s.Name, s.Status)),
            (StackMove.Wait, { } s) => ToCreate(wanted).Prepend(new PlanStep.Wait(s.Name, s.Status)),
            (StackMove.DeleteAndCreate, { } s) => ToCreate(wanted).Prepend(new PlanStep.DeleteFailedStack(s.Name, s.Id, s.Status)),
            (StackMove.ContinueRollback, { } s) => ToUpdate(wanted, s).Prepend(new PlanStep.ContinueRollback(s.Name)),
            (StackMove.AskPerson, { } s) => [new PlanStep.AskPerson(s.Name, s.Status, what)],
            _ => ToCreate(wanted),
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

    /// <summary>Nothing is under way on it, and what it holds is just this.</summary>
    public static bool IsAsWanted(StackSpec wanted, ObservedStack stack) =>
        StackStatusTable.IsDone(stack.Status) && Fingerprint(stack) == wanted.Parameters[StackKeys.FingerprintParameter];

    /// <summary>What makes or changes something of ours, as against getting a stack out of the way first.</summary>
    public static bool IsWrite(PlanStep step) => step is PlanStep.CreateStack or PlanStep.UpdateStack or PlanStep.RegisterTaskDefinition;

    /// <summary>The stack that a step of a stack is about.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is about none.</exception>
    public static StackName StackOf(PlanStep step) => step switch
    {
        PlanStep.Wait s => s.Stack,
        PlanStep.Later s => s.Stack,
        PlanStep.DeleteFailedStack s => s.Stack,
        PlanStep.ContinueRollback s => s.Stack,
        PlanStep.CreateStack s => s.Stack.Name,
        PlanStep.UpdateStack s => s.Stack.Name,
        PlanStep.Unprotect s => s.Stack,
        PlanStep.DeleteStack s => s.Stack,
        PlanStep.AskPerson s => s.Stack,
        _ => throw new ArgumentOutOfRangeException(nameof(step), step.GetType().Name, "Not a step of a stack."),
    };

    private static IEnumerable<PlanStep> ToCreate(StackSpec wanted) => wanted.Late.IsEmpty
        ? [new PlanStep.CreateStack(wanted)]
        : [new PlanStep.CreateStack(wanted.WhileMaking(wanted.Late)), Last(wanted, wanted.Late)];

    /// <summary>In one update, unless it makes what has to stand first.</summary>
    private static IEnumerable<PlanStep> ToUpdate(StackSpec wanted, ObservedStack stack)
    {
        var made = wanted.Late.IsEmpty ? [] : StackChanges.Of(wanted, stack, wanted.Parameters)
            .Where(c => c.Kind is ChangeKind.Created or ChangeKind.Replaced)
            .Select(c => c.LogicalId)
            .ToHashSet(StringComparer.Ordinal);
        ImmutableArray<LateParameter> late = [.. wanted.Late.Where(l => made.Contains(l.Resource))];
        return late.IsEmpty ? [new PlanStep.UpdateStack(wanted)] : [new PlanStep.UpdateStack(wanted.WhileMaking(late)), Last(wanted, late)];
    }

    private static PlanStep.UpdateStack Last(StackSpec wanted, ImmutableArray<LateParameter> late) =>
        new(wanted) { Late = [.. late.Select(l => l.Name)] };

    private static string? Fingerprint(ObservedStack stack) => stack.Parameters.GetValueOrDefault(StackKeys.FingerprintParameter);
}
