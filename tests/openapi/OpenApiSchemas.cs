using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Barcelona.GitOps.OpenApi;

/// <summary>JSON Schema as OpenAPI 3.0 has it: `nullable` instead of a null type, `$ref` into the document.</summary>
internal sealed class OpenApiSchemas(JsonElement root)
{
    public JsonElement Dereference(JsonElement element)
    {
        while (element.ValueKind == JsonValueKind.Object && element.TryGetProperty("$ref", out var reference))
        {
            element = (reference.GetString() ?? "")[2..].Split('/')
                .Select(part => part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))
                .Aggregate(root, (at, part) => at.GetProperty(part));
        }
        return element;
    }

    /// <param name="strict">A property that is not described is a breach.</param>
    public IReadOnlyList<string> Validate(JsonElement schema, JsonElement value, bool strict)
    {
        var problems = new List<string>();
        Validate(schema, value, new Place("$", strict), problems);
        return problems;
    }

    private void Validate(JsonElement schema, JsonElement value, Place at, List<string> problems)
    {
        schema = Dereference(schema);
        if (schema.ValueKind != JsonValueKind.Object)
            return;
        if (value.ValueKind == JsonValueKind.Null)
        {
            if (schema.TryGetProperty("type", out _) && !(schema.TryGetProperty("nullable", out var nullable) && nullable.GetBoolean()))
                problems.Add($"{at.Path}: null is not allowed");
            return;
        }
        if (schema.TryGetProperty("type", out var type) && !IsOfType(type.GetString(), value))
        {
            problems.Add($"{at.Path}: {value.ValueKind} where {type.GetString()} is expected");
            return;
        }
        if (schema.TryGetProperty("enum", out var allowed) && !allowed.EnumerateArray().Any(a => JsonElement.DeepEquals(a, value)))
            problems.Add($"{at.Path}: {value.GetRawText()} is none of {allowed.GetRawText()}");
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                CheckText(schema, value.GetString() ?? "", at, problems);
                break;
            case JsonValueKind.Array:
                CheckArray(schema, value, at, problems);
                break;
            case JsonValueKind.Object:
                CheckObject(schema, value, at, problems);
                break;
        }
        CheckCombinations(schema, value, at, problems);
    }

    private static void CheckText(JsonElement schema, string text, Place at, List<string> problems)
    {
        if (schema.TryGetProperty("maxLength", out var most) && text.Length > most.GetInt32())
            problems.Add($"{at.Path}: longer than {most}");
        if (schema.TryGetProperty("minLength", out var least) && text.Length < least.GetInt32())
            problems.Add($"{at.Path}: shorter than {least}");
        if (schema.TryGetProperty("pattern", out var pattern) && !Regex.IsMatch(text, pattern.GetString() ?? ""))
            problems.Add($"{at.Path}: does not match {pattern}");
        if (schema.TryGetProperty("format", out var format) && format.GetString() == "date-time"
            && !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _))
            problems.Add($"{at.Path}: {text} is not a time");
    }

    private void CheckArray(JsonElement schema, JsonElement value, Place at, List<string> problems)
    {
        if (schema.TryGetProperty("maxItems", out var most) && value.GetArrayLength() > most.GetInt32())
            problems.Add($"{at.Path}: more than {most} items");
        if (schema.TryGetProperty("minItems", out var least) && value.GetArrayLength() < least.GetInt32())
            problems.Add($"{at.Path}: fewer than {least} items");
        if (!schema.TryGetProperty("items", out var items))
            return;
        foreach (var (index, item) in value.EnumerateArray().Index())
            Validate(items, item, at.Inside($"[{index}]"), problems);
    }

    private void CheckObject(JsonElement schema, JsonElement value, Place at, List<string> problems)
    {
        if (schema.TryGetProperty("required", out var required))
            problems.AddRange(required.EnumerateArray().Select(r => r.GetString() ?? "")
                .Where(r => !value.TryGetProperty(r, out _)).Select(r => $"{at.Path}: {r} is missing"));
        var described = schema.TryGetProperty("properties", out var properties);
        var combined = schema.TryGetProperty("oneOf", out _) || schema.TryGetProperty("anyOf", out _) || schema.TryGetProperty("allOf", out _);
        foreach (var property in value.EnumerateObject())
        {
            if (described && properties.TryGetProperty(property.Name, out var known))
                Validate(known, property.Value, at.Inside($".{property.Name}"), problems);
            else if (schema.TryGetProperty("additionalProperties", out var others))
                CheckOther(others, property, at, problems);
            else if (at.Strict && described && !combined)
                problems.Add($"{at.Path}: {property.Name} is not described");
        }
    }

    private void CheckOther(JsonElement others, JsonProperty property, Place at, List<string> problems)
    {
        if (others.ValueKind == JsonValueKind.False)
            problems.Add($"{at.Path}: {property.Name} is not allowed");
        else if (others.ValueKind == JsonValueKind.Object)
            Validate(others, property.Value, at.Inside($".{property.Name}"), problems);
    }

    /// <summary>A branch of a combination describes only part of the value, so inside it nothing is strict.</summary>
    private void CheckCombinations(JsonElement schema, JsonElement value, Place at, List<string> problems)
    {
        var loose = at with { Strict = false };
        if (schema.TryGetProperty("allOf", out var all))
        {
            foreach (var part in all.EnumerateArray())
                Validate(part, value, loose, problems);
        }
        foreach (var name in (string[])["anyOf", "oneOf"])
        {
            if (!schema.TryGetProperty(name, out var any))
                continue;
            var attempts = any.EnumerateArray().Select(part => Attempt(part, value, loose)).ToList();
            if (attempts.All(a => a.Count > 0))
                problems.AddRange(attempts.MinBy(a => a.Count) ?? []);
        }
    }

    private List<string> Attempt(JsonElement schema, JsonElement value, Place at)
    {
        var problems = new List<string>();
        Validate(schema, value, at, problems);
        return problems;
    }

    private static bool IsOfType(string? type, JsonElement value) => type switch
    {
        "string" => value.ValueKind == JsonValueKind.String,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => value.ValueKind == JsonValueKind.Number,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "array" => value.ValueKind == JsonValueKind.Array,
        "object" => value.ValueKind == JsonValueKind.Object,
        _ => true,
    };

    private sealed record Place(string Path, bool Strict)
    {
        public Place Inside(string part) => this with { Path = Path + part };
    }
}
