using System.Collections.Immutable;
using Barcelona.GitOps.Core.Planning;
using Barcelona.GitOps.Core.Templates;

namespace Barcelona.GitOps.Core.Tests.Planning;

/// <summary>AWS as it stands after somebody has done what a plan says, without AWS.</summary>
internal static class Applied
{
    private const string TaskRole = "arn:aws:iam::123456789012:role/barcelona/default/task";
    private const string ExecutionRole = "arn:aws:iam::123456789012:role/barcelona/default/execution";

    public static ObservedState Nothing { get; } = new();

    public static ObservedState To(ObservedState before, DesiredState desired, string release = "1") =>
        Planner.Plan(desired, before).Steps.Aggregate(before, (state, step) => Apply(state, step, desired, release));

    private static ObservedState Apply(ObservedState state, PlanStep step, DesiredState desired, string release) => step switch
    {
        PlanStep.CreateStack s => With(state, s.Stack, desired, (StackStatus.CreateComplete, release)),
        PlanStep.UpdateStack s => With(state, s.Stack, desired, (StackStatus.UpdateComplete, release)),
        PlanStep.RegisterTaskDefinition r => state with { TaskDefinitions = state.TaskDefinitions.Insert(0, Revision(state, r.TaskDefinition)) },
        PlanStep.Wait or PlanStep.DeleteFailedStack or PlanStep.ContinueRollback => state,
        _ => throw new InvalidOperationException($"{step.GetType().Name} is nothing that can be applied."),
    };

    private static ObservedTaskDefinition Revision(ObservedState state, TaskDefinitionSpec task)
    {
        var number = state.TaskDefinitions.Count(t => t.Family == task.Family) + 1;
        return new(
            task.Family,
            $"arn:aws:ecs:ap-northeast-1:123456789012:task-definition/{task.Family}:{number}",
            task.ContentHash,
            TaskRole,
            ExecutionRole,
            task.Content);
    }

    private static ObservedState With(ObservedState state, StackSpec spec, DesiredState desired, (StackStatus Status, string Release) result)
    {
        if (spec.Name == desired.HeritageStack.Name)
        {
            return state with
            {
                HeritageStack = Stack(spec, result.Status)
                    .WithOutputs([new(StackKeys.TaskRoleOutput, TaskRole), new(StackKeys.ExecutionRoleOutput, ExecutionRole)]),
            };
        }

        var arns = desired.TaskDefinitions.ToDictionary(
            t => t.Name, t => Planner.AtHand(t, state)?.Arn ?? throw new InvalidOperationException($"{t.Name} is not registered."));
        var outputs = state.HeritageStack?.Outputs ?? ImmutableSortedDictionary<string, string>.Empty;
        return state with { AppStack = Stack(desired.AppStackWith(arns, outputs, result.Release), result.Status) };
    }

    private static ObservedStack Stack(StackSpec spec, StackStatus status) => new()
    {
        Name = spec.Name,
        Id = $"arn:aws:cloudformation:ap-northeast-1:123456789012:stack/{spec.Name}/1",
        Status = status,
        Parameters = spec.Parameters,
        Outputs = spec.Parameters,
        Tags = spec.Tags,
        TemplateBody = spec.TemplateBody,
    };

    private static ObservedStack WithOutputs(this ObservedStack stack, IEnumerable<KeyValuePair<string, string>> outputs) =>
        stack with { Outputs = stack.Outputs.SetItems(outputs) };

    /// <summary>The same stacks in another status.</summary>
    public static ObservedState In(this ObservedState state, StackStatus app) =>
        state with { AppStack = (state.AppStack ?? throw new InvalidOperationException("There is no app stack.")) with { Status = app } };
}
