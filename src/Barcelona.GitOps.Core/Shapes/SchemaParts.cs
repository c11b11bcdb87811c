using System.Text.Json.Nodes;

namespace Barcelona.GitOps.Core.Shapes;

/// <summary>Pieces of JSON Schema that several shapes write alike.</summary>
internal static class SchemaParts
{
    /// <summary>A text may be written without quotes even if it then looks like a number or a truth value, as the original's reader has it.</summary>
    public static JsonArray TextTypes() => ["string", "number", "boolean"];

    public static JsonObject FreeKeys() => new() { ["^" + Key.FreePrefix] = new JsonObject() };

    public static JsonObject Annotated(Key key, JsonObject schema)
    {
        var described = key.IsRequired ? schema : OrNull(schema);
        described["description"] = key.Description;
        if (key.Default is { } value)
        {
            described["default"] = value.DeepClone();
        }

        if (key.IsObsolete)
        {
            described["deprecated"] = true;
        }

        return described;
    }

    /// <summary>For <c>oneOf</c>: one of the keys and none of the others. A key with nothing after it counts as absent.</summary>
    public static JsonArray ExactlyOne(params IEnumerable<Key> keys) => [.. keys.Select(HasKey)];

    /// <summary>For <c>anyOf</c>: at least one of the keys.</summary>
    public static JsonArray EachRequired(params IEnumerable<Key> keys) => [.. keys.Select(HasKey)];

    private static JsonObject HasKey(Key key) => new()
    {
        ["required"] = new JsonArray(key.Name),
        ["properties"] = new JsonObject { [key.Name] = new JsonObject { ["not"] = new JsonObject { ["type"] = "null" } } },
    };

    /// <summary>A key with nothing after it counts as absent.</summary>
    private static JsonObject OrNull(JsonObject schema)
    {
        if (schema["anyOf"] is JsonArray forms)
        {
            forms.Add(new JsonObject { ["type"] = "null" });
            return schema;
        }

        if (schema["enum"] is JsonArray words)
        {
            words.Add(null);
        }

        switch (schema["type"])
        {
            case JsonArray types:
                types.Add("null");
                break;
            case JsonValue type:
                schema["type"] = new JsonArray(type.DeepClone(), "null");
                break;
        }

        return schema;
    }
}
