using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Barcelona.GitOps.Core.Planning.Differences;

/// <summary>A stack's template with the values of its parameters: what its resources really get.</summary>
/// <param name="Body">Null: it was not read.</param>
internal sealed record StackContent(string? Body, IReadOnlyDictionary<string, string> Parameters)
{
    public static readonly StackContent None = new("{}", ImmutableDictionary<string, string>.Empty);
}

/// <summary>Two states of a stack compared resource by resource, property by property.</summary>
internal static class TemplateDiff
{
    public static IEnumerable<ResourceChange> Of(string stack, StackContent old, StackContent desired)
    {
        var after = Resources(desired.Body) ?? [];
        if (Resources(old.Body) is not { } before)
        {
            // There is something, and it could not be read: all of it may change.
            return after.Select(r => new ResourceChange(ChangeKind.Changed, stack, r.Key, TypeOf(r.Value), []));
        }

        return before.Select(r => r.Key).Union(after.Select(r => r.Key), StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(id => Of(stack, id, new(before[id], old.Parameters), new(after[id], desired.Parameters)));
    }

    /// <summary>A template that can be compared resource by resource.</summary>
    public static bool IsReadable(string? body) => Resources(body) is not null;

    private static ResourceChange Of(string stack, string id, Side old, Side desired)
    {
        var type = TypeOf(desired.Json ?? old.Json);
        var properties = PropertyDiff.Of(Leaves(old), Leaves(desired));
        var kind = (old.Json, desired.Json) switch
        {
            (null, _) => ChangeKind.Created,
            (_, null) => ChangeKind.Deleted,
            _ when TypeOf(old.Json) != type || properties.Any(p => CreateOnlyProperties.Contains(type, p.Path)) => ChangeKind.Replaced,
            _ when properties.IsEmpty => ChangeKind.Unchanged,
            _ => ChangeKind.Changed,
        };
        return new(kind, stack, id, type, properties);
    }

    /// <summary>Of its properties by their own names; of its attributes, like DependsOn, with a sign in front.</summary>
    private static ImmutableSortedDictionary<string, string> Leaves(Side side)
    {
        if (side.Json is not JsonObject attributes)
        {
            return ImmutableSortedDictionary<string, string>.Empty;
        }

        var flat = new JsonObject(attributes
            .Where(a => a.Key is not ("Type" or "Properties"))
            .Select(a => KeyValuePair.Create("@" + a.Key, a.Value?.DeepClone()))
            .Concat((attributes["Properties"] as JsonObject ?? []).Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone()))));
        return JsonLeaves.Of(flat, side.Parameters);
    }

    private static JsonObject? Resources(string? body)
    {
        if (body is null)
        {
            return null;
        }

        try
        {
            return (JsonNode.Parse(body) as JsonObject)?["Resources"] as JsonObject ?? [];
        }
        catch (JsonException)
        {
            // A person may have put YAML in our stack's place: it is there, and it is not comparable.
            return null;
        }
    }

    private sealed record Side(JsonNode? Json, IReadOnlyDictionary<string, string> Parameters);

    private static string TypeOf(JsonNode? resource) => resource?["Type"]?.ToString() ?? "";
}
