using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Templates;

/// <summary>Joins what a caller gave, what the stack had and the template's defaults; refuses what the declarations do not allow.</summary>
internal sealed class ParameterBinder(Template template, IReadOnlyDictionary<string, BoundParameter> previous, Func<string, string?> ssmParameter)
{
    public IReadOnlyDictionary<string, BoundParameter> Bind(IReadOnlyList<JsonObject> given)
    {
        var unknown = given.Select(entry => entry.Text("ParameterKey") ?? "").Where(name => !template.Parameters.ContainsKey(name)).ToList();
        if (unknown.Count > 0) throw Error($"Parameters: [{string.Join(", ", unknown)}] do not exist in the template");
        var byName = given.ToDictionary(entry => entry.Text("ParameterKey") ?? "");
        var texts = template.Parameters.ToDictionary(
            declared => declared.Key,
            declared => Given(declared.Key, byName) ?? (declared.Value as JsonObject)?.Text("Default"));
        var missing = texts.Where(entry => entry.Value is null).Select(entry => entry.Key).ToList();
        if (missing.Count > 0) throw Error($"Parameters: [{string.Join(", ", missing)}] must have values");
        return template.Parameters.ToDictionary(
            declared => declared.Key,
            declared => Bound(declared.Key, declared.Value as JsonObject ?? [], texts[declared.Key] ?? ""));
    }

    private string? Given(string name, Dictionary<string, JsonObject> given)
    {
        if (!given.TryGetValue(name, out var entry)) return null;
        if (!entry.Flag("UsePreviousValue")) return entry.Text("ParameterValue");
        return previous.TryGetValue(name, out var before)
            ? before.Text
            : throw Error("Invalid input for parameter key " + name
                + ". Cannot specify usePreviousValue as true for a parameter key not in the previous template");
    }

    private BoundParameter Bound(string name, JsonObject declaration, string text)
    {
        var type = declaration.Text("Type") ?? "String";
        var resolved = type.StartsWith("AWS::SSM::Parameter::Value<", StringComparison.Ordinal)
            ? ssmParameter(text) ?? throw Error($"Unable to fetch parameters [{text}] from parameter store for this account.")
            : null;
        Check(name, declaration, text);
        var isList = type.Contains("List", StringComparison.Ordinal);
        return new BoundParameter
        {
            Name = name,
            Text = text,
            Value = isList ? (resolved ?? text).Split(',', StringSplitOptions.TrimEntries).ToJsonArray() : JsonValue.Create(resolved ?? text),
            NoEcho = declaration.Flag("NoEcho"),
            Resolved = resolved,
        };
    }

    private static void Check(string name, JsonObject declaration, string text)
    {
        var description = declaration.Text("ConstraintDescription");
        if (declaration["AllowedValues"] is JsonArray && !declaration.Texts("AllowedValues").Contains(text))
            throw Error(description is null
                ? $"Parameter '{name}' must be one of AllowedValues"
                : $"Parameter '{name}' failed to satisfy constraint: {description}");
        if (declaration.Text("AllowedPattern") is { } pattern && !Regex.IsMatch(text, $"^(?:{pattern})$", RegexOptions.None, TimeSpan.FromSeconds(1)))
            throw Error($"Parameter {name} failed to satisfy constraint: {description ?? $"Parameter {name} must match pattern {pattern}"}");
        if (declaration.Number("MinLength") is { } least && text.Length < least)
            throw Error($"Parameter '{name}' must contain at least {least} characters");
        if (declaration.Number("MaxLength") is { } most && text.Length > most)
            throw Error($"Parameter '{name}' must contain at most {most} characters");
        if (declaration.Text("Type") == "Number") CheckNumber(name, declaration, text);
    }

    private static void CheckNumber(string name, JsonObject declaration, string text)
    {
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            throw Error($"Parameter '{name}' must be a number");
        if (declaration.Number("MinValue") is { } least && number < least) throw Error($"Parameter '{name}' must be a number not less than {least}");
        if (declaration.Number("MaxValue") is { } most && number > most) throw Error($"Parameter '{name}' must be a number not greater than {most}");
    }

    private static AwsErrorException Error(string message) => AwsErrorException.Validation(message);
}
