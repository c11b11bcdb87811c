using System.Collections.Immutable;
using Barcelona.GitOps.Core.Planning.Differences;
using Barcelona.GitOps.Core.Templates;

namespace Barcelona.GitOps.Core.Planning;

/// <summary>
/// Compares what should be with what is. Level-triggered: it knows nothing of earlier passes, so whoever carries on after a crash gets the
/// steps that are left, and right after applying there are none.
/// </summary>
public static class Planner
{
    public static Plan Plan(DesiredState desired, ObservedState observed)
    {
        var heritage = StepsOf(desired.HeritageStack, observed.HeritageStack, HeritageFingerprint(desired)).ToArray();
        var app = StepsOf(desired.AppStack, observed.AppStack, desired.Fingerprint).ToArray();
        var missing = app.Any(IsWrite) ? MissingTaskDefinitions(desired, observed).ToArray() : [];
        return new()
        {
            Target = desired.Target,
            Steps =
            [
                .. heritage.Concat(app).Where(s => !IsWrite(s)),
                .. heritage.Where(IsWrite),
                .. missing.Select(t => new PlanStep.RegisterTaskDefinition(t)),
                .. app.Where(IsWrite),
            ],
            Changes = PlanChanges.Of(desired, observed),
        };
    }

    /// <summary>
    /// A revision is at hand when it has the same content and runs under the roles that the heritage has now: a role that was replaced leaves
    /// revisions behind that start no task.
    /// </summary>
    public static ObservedTaskDefinition? AtHand(TaskDefinitionSpec wanted, ObservedState observed)
    {
        var outputs = observed.HeritageStack?.Outputs ?? ImmutableSortedDictionary<string, string>.Empty;
        return outputs.TryGetValue(StackKeys.TaskRoleOutput, out var taskRole)
            && outputs.TryGetValue(StackKeys.ExecutionRoleOutput, out var executionRole)
            ? observed.TaskDefinitions.FirstOrDefault(t => t.Family == wanted.Family && t.ContentHash == wanted.ContentHash
                && t.TaskRoleArn == taskRole && t.ExecutionRoleArn == executionRole)
            : null;
    }

    private static IEnumerable<TaskDefinitionSpec> MissingTaskDefinitions(DesiredState desired, ObservedState observed) =>
        desired.TaskDefinitions.Where(t => AtHand(t, observed) is null);

    private static IEnumerable<PlanStep> StepsOf(StackSpec wanted, ObservedStack? stack, string fingerprint)
    {
        var (move, what) = stack is null ? (StackMove.Create, "") : StackStatusTable.MoveFor(stack.Status);
        return (move, stack) switch
        {
            (StackMove.Update, { } s) => IsUpToDate(s, fingerprint) ? [] : [new PlanStep.UpdateStack(wanted)],
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

    private static bool IsUpToDate(ObservedStack stack, string fingerprint) =>
        StackStatusTable.IsDone(stack.Status) && Fingerprint(stack) == fingerprint;

    private static string? Fingerprint(ObservedStack stack) => stack.Parameters.GetValueOrDefault(StackKeys.FingerprintParameter);

    private static string HeritageFingerprint(DesiredState desired) => desired.HeritageStack.Parameters[StackKeys.FingerprintParameter];

    /// <summary>What makes or changes something of ours, as against getting a stack out of the way first.</summary>
    private static bool IsWrite(PlanStep step) => step is PlanStep.CreateStack or PlanStep.UpdateStack or PlanStep.RegisterTaskDefinition;
}
