using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Barcelona.GitOps.Core.Planning.Differences;

/// <summary>
/// A JSON value as its leaves by path. Items of a list that have names are found by name, so that a variable put in front of the others is one
/// new line and not a change of all.
/// </summary>
internal static class JsonLeaves
{
    private static readonly string[] Names = ["name", "Name", "Key", "Field", "ContainerName", "PolicyName", "CapacityProvider"];

    /// <summary>References are followed: what a parameter holds is what the resource gets.</summary>
    public static ImmutableSortedDictionary<string, string> Of(JsonNode? value, IReadOnlyDictionary<string, string> parameters)
    {
        var leaves = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        Add("", value);
        return leaves.ToImmutable();

        void Add(string path, JsonNode? node)
        {
            switch (node)
            {
                case JsonObject { Count: 1 } reference when reference["Ref"] is JsonValue name:
                    leaves[path] = parameters.TryGetValue(name.ToString(), out var given) ? given : $"{{{name}}}";
                    break;
                case JsonObject { Count: 1 } select when Selected(select["Fn::Select"]) is { } item:
                    leaves[path] = item;
                    break;
                case JsonObject { Count: > 0 } properties:
                    foreach (var (name, property) in properties)
                    {
                        Add(path.Length == 0 ? name : $"{path}.{name}", property);
                    }

                    break;
                case JsonArray { Count: > 0 } items:
                    AddItems(path, items);
                    break;
                case JsonValue leaf:
                    leaves[path] = leaf.ToString();
                    break;
                case null:
                    leaves[path] = "null";
                    break;
                default:
                    leaves[path] = node.ToJsonString();
                    break;
            }
        }

        // One of a parameter's list: a list that grows at its end changes nothing of what was there.
        string? Selected(JsonNode? choice) =>
            choice is JsonArray { Count: 2 } pair && int.TryParse(pair[0]?.ToString(), CultureInfo.InvariantCulture, out var index)
            && pair[1] is JsonObject list && list["Ref"] is JsonValue name && parameters.TryGetValue(name.ToString(), out var given)
                ? given.Split(',').ElementAtOrDefault(index)
                : null;

        void AddItems(string path, JsonArray items)
        {
            var key = Names.FirstOrDefault(n => IsKey(n, items));
            foreach (var (index, item) in items.Index())
            {
                if (key is null || item is not JsonObject named)
                {
                    Add($"{path}[{index.ToString(CultureInfo.InvariantCulture)}]", item);
                    continue;
                }

                // A pair of name and value is one leaf: environment[RAILS_ENV] = production.
                var rest = named.Where(p => p.Key != key).ToArray();
                var itemPath = $"{path}[{named[key]}]";
                if (rest is [var (restName, only)] && restName is "value" or "valueFrom" or "Value")
                {
                    Add(itemPath, only);
                    continue;
                }

                foreach (var (name, property) in rest)
                {
                    Add($"{itemPath}.{name}", property);
                }
            }
        }
    }

    private static bool IsKey(string name, JsonArray items) =>
        items.All(i => i is JsonObject o && o[name] is JsonValue)
        && items.Select(i => i?[name]?.ToString()).Distinct(StringComparer.Ordinal).Count() == items.Count;
}
