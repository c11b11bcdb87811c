using System.Text.Json.Nodes;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Resources;

/// <summary>What can be told from a resource's properties and its public schema alone.</summary>
internal static class ResourceProperties
{
    /// <summary>Why CloudFormation would not even call the handler; null when it would.</summary>
    public static string? Refuse(string type, JsonObject properties)
    {
        var schema = ResourceSchemas.Of(type);
        var missing = schema.Required.Where(name => !properties.ContainsKey(name)).Order(StringComparer.Ordinal).ToList();
        if (missing.Count > 0 && schema.Properties.Count > 0)
            return $"Properties validation failed for resource with message: [#: required key [{string.Join("], [", missing)}] not found]";
        var unknown = properties.Select(property => property.Key)
            .FirstOrDefault(name => schema.Properties.Count > 0 && !schema.Properties.Contains(name));
        return unknown is null ? null : $"Properties validation failed for resource with message: [#: extraneous key [{unknown}] is not permitted]";
    }

    /// <summary>The top-level properties that differ.</summary>
    public static IReadOnlyList<string> Changed(JsonObject before, JsonObject after) =>
        [.. before.Select(entry => entry.Key).Union(after.Select(entry => entry.Key)).Where(name => !JsonNode.DeepEquals(before[name], after[name]))];

    /// <summary>Always, Conditionally or Never: whether a change of this property needs a new resource.</summary>
    public static string Recreation(string type, string property, JsonObject before, JsonObject after)
    {
        var schema = ResourceSchemas.Of(type);
        if (Meets(schema.CreateOnly, property, before, after)) return "Always";
        return Meets(schema.ConditionallyCreateOnly, property, before, after) ? "Conditionally" : "Never";
    }

    private static bool Meets(IReadOnlySet<string> paths, string property, JsonObject before, JsonObject after) => paths.Any(path =>
        path.Split('/')[0] == property && !JsonNode.DeepEquals(At(before, path), At(after, path)));

    // A "*" in a path stands for any element of a list: the list as a whole is compared then.
    private static JsonNode? At(JsonNode? node, string path)
    {
        foreach (var part in path.Split('/').TakeWhile(part => part != "*")) node = (node as JsonObject)?[part];
        return node;
    }
}
