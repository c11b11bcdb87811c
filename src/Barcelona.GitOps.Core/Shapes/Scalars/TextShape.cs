using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Yaml;

namespace Barcelona.GitOps.Core.Shapes.Scalars;

/// <summary>What a text may be.</summary>
/// <param name="Allowed">For messages.</param>
/// <param name="Pattern">The same as JSON Schema (ECMA 262) writes it; null: it cannot be written as a pattern.</param>
internal sealed record TextRule(string Allowed, Func<string, bool> IsValid, string? Pattern = null)
{
    public static readonly TextRule NotEmpty = new("a text that is not empty", text => text.Length > 0, "[\\s\\S]");

    /// <summary>A rule that is its pattern. Matched without backtracking: no input makes it slow.</summary>
    public static TextRule Matching(string allowed, string pattern)
    {
        var regex = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

        // $ also matches before a last line feed; ECMA's does not.
        return new(allowed, text => regex.IsMatch(text) && !text.EndsWith('\n'), pattern);
    }
}

/// <summary>A text. Numbers and truth values count as the text they are written as, like in the original.</summary>
internal sealed class TextShape(TextRule? rule = null) : Shape<string>
{
    public TextRule? Rule => rule;

    /// <summary>Makes a hint for a text that the rule refuses.</summary>
    public Func<string, string>? Hint { get; init; }

    public override string Allowed => "text";

    public override bool TryRead(YamlNode node, Reading reading, [MaybeNullWhen(false)] out string value)
    {
        value = null;
        if (node is not YamlScalar { IsNull: false } scalar)
        {
            return WrongForm(node, reading);
        }

        value = scalar.Text;
        if (rule is not null && !rule.IsValid(value))
        {
            reading.Log.Add(KeyDiagnostics.Text(node.Span, reading.Subject, scalar.Quoted, (rule.Allowed, Hint?.Invoke(value) ?? "")));
            value = null;
        }

        return value is not null;
    }

    public override JsonObject Describe()
    {
        var schema = new JsonObject { ["type"] = SchemaParts.TextTypes() };
        if (rule?.Pattern is { } pattern)
        {
            schema["pattern"] = pattern;
        }

        return schema;
    }
}
