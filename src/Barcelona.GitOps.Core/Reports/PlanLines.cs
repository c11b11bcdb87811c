using System.Globalization;
using System.Text.RegularExpressions;
using Barcelona.GitOps.Core.Planning;
using Barcelona.GitOps.Core.Planning.Differences;

namespace Barcelona.GitOps.Core.Reports;

/// <summary>A plan as lines, each with its sign in front, for text and markdown alike.</summary>
public static partial class PlanLines
{
    /// <summary>Longer values are cut: whoever wants all of a policy looks at the template.</summary>
    private const int MaxValue = 200;

    private static readonly (ChangeKind Kind, string Verb)[] Verbs =
        [(ChangeKind.Created, "create"), (ChangeKind.Changed, "change"), (ChangeKind.Replaced, "replace"), (ChangeKind.Deleted, "delete")];

    public static string Summary(Plan plan)
    {
        var counts = Verbs
            .Select(v => (Count: plan.Changes.Count(c => c.Kind == v.Kind), v.Verb))
            .Where(c => c.Count > 0)
            .Select(c => $"{c.Count.ToString(CultureInfo.InvariantCulture)} to {c.Verb}")
            .ToArray();
        var unchanged = plan.Changes.Count(c => c.Kind == ChangeKind.Unchanged);
        return (plan.IsEmpty, counts.Length) switch
        {
            (true, _) => "Nothing to change",
            (_, 0) => "No resource differs, and what is unfinished is finished",
            _ => string.Join(", ", counts) + (unchanged > 0 ? $", {unchanged.ToString(CultureInfo.InvariantCulture)} unchanged" : ""),
        };
    }

    /// <summary>Resources that change, by where they are; then their properties.</summary>
    public static IEnumerable<(string Sign, string Text)> Changes(Plan plan)
    {
        foreach (var group in plan.Changes.Where(c => c.Kind != ChangeKind.Unchanged).GroupBy(c => c.Where, StringComparer.Ordinal))
        {
            yield return (" ", group.Key);
            foreach (var change in group)
            {
                yield return (SignOf(change.Kind), $"  {change.LogicalId} ({change.Type})");

                // What is made or goes is known by its name; what changes, by what changes in it.
                foreach (var property in change.Kind is ChangeKind.Created or ChangeKind.Deleted ? [] : change.Properties)
                {
                    yield return Property(change, property);
                }
            }
        }
    }

    public static IEnumerable<string> Steps(Plan plan) => plan.Steps.Select(Step);

    public static string Step(PlanStep step) => step switch
    {
        PlanStep.Wait s => $"wait for stack {s.Stack} ({s.Status})",
        PlanStep.DeleteFailedStack s => $"delete stack {s.Stack}, whose creation failed ({s.Status})",
        PlanStep.ContinueRollback s => $"continue the rollback of stack {s.Stack}",
        PlanStep.CreateStack s => $"create stack {s.Stack.Name}",
        PlanStep.UpdateStack { Late: [_, ..] late } s =>
            $"update stack {s.Stack.Name} once that stands: {string.Join(", ", late.Select(l => $"{l} {s.Stack.Parameters[l]}"))}",
        PlanStep.UpdateStack s => $"update stack {s.Stack.Name}",
        PlanStep.Later s => $"stack {s.Stack}, with what {s.After} gives",
        PlanStep.Unprotect s => $"take the deletion protection off stack {s.Stack}",
        PlanStep.DeleteStack s => $"delete stack {s.Stack}",
        PlanStep.RegisterTaskDefinition s => $"register task definition {s.TaskDefinition.Family}",
        PlanStep.AskPerson s => $"stack {s.Stack} needs a person ({s.Status}): {s.What}",
        _ => throw new ArgumentOutOfRangeException(nameof(step), step, "Not a step."),
    };

    private static (string, string) Property(ResourceChange change, PropertyChange property)
    {
        var (old, desired) = (Value(property.Path, property.Old), Value(property.Path, property.New));
        var replaces = change.Kind == ChangeKind.Replaced && CreateOnlyProperties.Contains(change.Type, property.Path) ? "  (replaces it)" : "";
        return (property.Old, property.New) switch
        {
            (null, _) => ("+", $"    {property.Path}: {desired}{replaces}"),
            (_, null) => ("-", $"    {property.Path}: {old}{replaces}"),
            _ => ("~", $"    {property.Path}: {old} → {desired}{replaces}"),
        };
    }

    private static string SignOf(ChangeKind kind) => kind switch
    {
        ChangeKind.Created => "+",
        ChangeKind.Changed => "~",
        ChangeKind.Replaced => "±",
        ChangeKind.Deleted => "-",
        _ => " ",
    };

    /// <summary>One line; a value whose name is that of a secret is not shown, although secrets come as references.</summary>
    private static string Value(string path, string? value)
    {
        if (value is null)
        {
            return "";
        }

        if (VariableName().Match(path) is { Success: true } variable && Redactor.IsSensitiveName(variable.Groups[1].Value))
        {
            return Redactor.Hidden;
        }

        var line = Redactor.Redact(value).ReplaceLineEndings("␤");
        return TextLimit.Cut(TaskDefinitionArn().Replace(line, "$1"), MaxValue);
    }

    /// <summary>Only plain variables: what is in <c>secrets</c> is a reference, and which one is what one wants to see.</summary>
    [GeneratedRegex(@"\.environment\[([^\]]*)\]\z", RegexOptions.CultureInvariant)]
    private static partial Regex VariableName();

    [GeneratedRegex(@"\Aarn:[a-z-]+:ecs:[a-z0-9-]+:\d+:task-definition/(\S+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex TaskDefinitionArn();
}
