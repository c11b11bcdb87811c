using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Barcelona.GitOps.Core.Tests.Golden;

/// <summary>The keys of a JSON Schema as tables for people: one for each map, in the order of the schema.</summary>
internal static class SchemaTables
{
    public static string Of(string schema)
    {
        var text = new StringBuilder();
        Write(text, "", JsonNode.Parse(schema)?.AsObject() ?? []);
        return text.ToString();
    }

    private static void Write(StringBuilder text, string path, JsonObject schema)
    {
        if (schema["properties"] is JsonObject properties)
        {
            var required = schema["required"]?.AsArray().Select(r => r?.GetValue<string>()).ToList() ?? [];
            text.Append(CultureInfo.InvariantCulture,
                $"\n### {(path.Length == 0 ? "The file" : $"`{path}`")}\n\n| key | type | default | |\n|---|---|---|---|\n");
            foreach (var (name, key) in properties.Select(p => (p.Key, p.Value?.AsObject() ?? [])))
            {
                var shown = key["deprecated"] is null ? name : $"~~{name}~~";
                var description = (key["description"]?.GetValue<string>() ?? "").Replace("|", "\\|", StringComparison.Ordinal)
                    .Replace("<", "\\<", StringComparison.Ordinal);
                text.Append(CultureInfo.InvariantCulture,
                    $"| {shown} | {TypeOf(key)} | {(required.Contains(name) ? "required" : Default(key))} | {description} |\n");
            }

            foreach (var (name, key) in properties)
            {
                WriteInner(text, path.Length == 0 ? name : $"{path}.{name}", key?.AsObject() ?? []);
            }
        }
        else
        {
            WriteInner(text, path, schema);
        }
    }

    private static void WriteInner(StringBuilder text, string path, JsonObject schema)
    {
        foreach (var form in Forms(schema))
        {
            if (form["items"] is JsonObject item)
            {
                WriteInner(text, path + "[]", item);
            }
            else if (form["additionalProperties"] is JsonObject entry)
            {
                WriteInner(text, path + ".*", entry);
            }
            else if (form["properties"] is JsonObject)
            {
                Write(text, path, form);
            }
        }
    }

    // The alternatives of a map that only say which keys must be there are no forms of their own.
    private static IEnumerable<JsonObject> Forms(JsonObject schema) =>
        schema["properties"] is null && schema["anyOf"] is JsonArray forms ? forms.OfType<JsonObject>() : [schema];

    private static string Default(JsonObject key) => key["default"] is { } value ? $"`{value.ToJsonString().Trim('"')}`" : "";

    private static string TypeOf(JsonObject key) => string.Join(" or ", Forms(key).Select(Single).Where(t => t.Length > 0).Distinct());

    private static string Single(JsonObject form)
    {
        if (form["enum"] is JsonArray words)
        {
            return words.Any(w => w?.ToJsonString() == "true") ? "true, false"
                : words.Any(w => w?.ToJsonString() == "false") ? "false"
                : string.Join(", ", words.Where(w => w is not null).Select(w => $"{w}").Distinct());
        }

        var type = form["type"] is JsonArray types ? types[0]?.GetValue<string>() : form["type"]?.GetValue<string>();
        return type switch
        {
            "array" => "list",
            "object" => "map",
            "string" when form["pattern"]?.GetValue<string>().StartsWith("^(?=[0-9])", StringComparison.Ordinal) == true => "duration",
            "string" => "text",
            "integer" => Range(form),
            _ => "",
        };
    }

    private static string Range(JsonObject form) =>
        (form["minimum"]?.GetValue<int>(), form["maximum"]?.GetValue<int>()) switch
        {
            ({ } min, { } max) => $"{min} to {max}",
            ({ } min, null) => $"{min} or more",
            _ => "number",
        };
}
