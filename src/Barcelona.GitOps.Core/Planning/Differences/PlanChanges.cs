using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Barcelona.GitOps.Core.Templates;

namespace Barcelona.GitOps.Core.Planning.Differences;

/// <summary>Everything that a plan shows: both stacks and the task definitions, resource by resource.</summary>
internal static class PlanChanges
{
    private const string TaskDefinitionType = "AWS::ECS::TaskDefinition";

    private static readonly IReadOnlyDictionary<string, string> NoParameters = ImmutableDictionary<string, string>.Empty;

    public static ImmutableArray<ResourceChange> Of(DesiredState desired, ObservedState observed)
    {
        var arns = desired.ParametersWith(t => Planner.AtHand(t, observed)?.Arn ?? $"{t.Family} (new revision)");
        var roles = desired.FromHeritage.Where(n => observed.HeritageStack?.Outputs.ContainsKey(n) == true)
            .Select(n => KeyValuePair.Create(n, observed.HeritageStack?.Outputs[n] ?? ""));
        return
        [
            .. StackChanges.Of(desired.HeritageStack, observed.HeritageStack, desired.HeritageStack.Parameters),
            .. desired.TaskDefinitions.Select(t => TaskDefinition(t, observed)),
            .. StackChanges.Of(desired.AppStack, observed.AppStack, desired.AppStack.Parameters.SetItems(arns).SetItems(roles)),
        ];
    }

    /// <summary>
    /// Compared with the revision that the family has; a family that was never registered is new. What the same content registered again
    /// would change, the roles, has no values before apply.
    /// </summary>
    private static ResourceChange TaskDefinition(TaskDefinitionSpec wanted, ObservedState observed)
    {
        ObservedTaskDefinition? InUse() => observed.TaskDefinitions.FirstOrDefault(t => t.Family == wanted.Family
            && t.Arn == observed.AppStack?.Parameters.GetValueOrDefault(wanted.ParameterName ?? ""));

        var old = InUse() ?? observed.TaskDefinitions.FirstOrDefault(t => t.Family == wanted.Family);
        var after = JsonLeaves.Of(JsonNode.Parse(wanted.Content), NoParameters);
        if (old is null)
        {
            return Change(ChangeKind.Created, PropertyDiff.Of(ImmutableSortedDictionary<string, string>.Empty, after));
        }

        if (old.ContentHash == wanted.ContentHash)
        {
            return Change(Planner.AtHand(wanted, observed) is null ? ChangeKind.Changed : ChangeKind.Unchanged, []);
        }

        return old.Content is { } content
            ? Change(ChangeKind.Changed, PropertyDiff.Of(JsonLeaves.Of(JsonNode.Parse(content), NoParameters), after))
            : Change(ChangeKind.Changed, []);

        ResourceChange Change(ChangeKind kind, ImmutableArray<PropertyChange> properties) =>
            new(kind, "task definition", wanted.Family, TaskDefinitionType, properties);
    }
}
