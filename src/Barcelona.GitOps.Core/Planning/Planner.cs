using System.Collections.Immutable;
using Barcelona.GitOps.Core.Planning.Differences;
using Barcelona.GitOps.Core.Reports;
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
        var heritage = StackSteps.ToHave(desired.HeritageStack, observed.HeritageStack).ToArray();
        var app = StackSteps.ToHave(desired.AppStack, observed.AppStack).ToArray();
        var missing = app.Any(StackSteps.IsWrite) ? MissingTaskDefinitions(desired, observed).ToArray() : [];
        var changes = PlanChanges.Of(desired, observed);
        return new()
        {
            Subject = desired.Target.ToString(),
            Steps =
            [
                .. heritage.Concat(app).Where(s => !StackSteps.IsWrite(s)),
                .. heritage.Where(StackSteps.IsWrite),
                .. missing.Select(t => new PlanStep.RegisterTaskDefinition(t)),
                .. app.Where(StackSteps.IsWrite),
            ],
            Changes = changes,
            Consequences =
            [
                .. ReleaseConsequences.Of(changes),
                .. desired.BeforeDeploy is { } first && app.Any(StackSteps.IsWrite)
                    ? new[] { $"Before any service changes, {first.Definition.Name} runs once, for at most {DurationText.Of(first.Timeout)}." }
                    : [],
            ],
        };
    }

    /// <summary>
    /// A revision is at hand when it has the same content and runs under the roles that the heritage has now: a role that was replaced leaves
    /// revisions behind that start no task, and one that was deregistered is given to no service.
    /// </summary>
    public static ObservedTaskDefinition? AtHand(TaskDefinitionSpec wanted, ObservedState observed)
    {
        var outputs = observed.HeritageStack?.Outputs ?? ImmutableSortedDictionary<string, string>.Empty;
        return outputs.TryGetValue(StackKeys.TaskRoleOutput, out var taskRole)
            && outputs.TryGetValue(StackKeys.ExecutionRoleOutput, out var executionRole)
            ? observed.TaskDefinitions.FirstOrDefault(t => t.IsActive && t.Family == wanted.Family && t.ContentHash == wanted.ContentHash
                && t.TaskRoleArn == taskRole && t.ExecutionRoleArn == executionRole)
            : null;
    }

    private static IEnumerable<TaskDefinitionSpec> MissingTaskDefinitions(DesiredState desired, ObservedState observed) =>
        desired.TaskDefinitions.Where(t => AtHand(t, observed) is null);
}
