using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Yaml;

namespace Barcelona.GitOps.Core.Shapes.Scalars;

/// <summary>One of a few words.</summary>
internal sealed class ChoiceShape<T>(params IEnumerable<(string Word, T Value)> choices) : Shape<T> where T : notnull
{
    private readonly List<(string Word, T Value)> _choices = [.. choices];

    public override string Allowed => string.Join(", ", _choices.Select(c => c.Word));

    public override bool TryRead(YamlNode node, Reading reading, [MaybeNullWhen(false)] out T value)
    {
        value = default;
        if (node is not YamlScalar scalar)
        {
            return WrongForm(node, reading);
        }

        if (_choices.FindIndex(c => c.Word == scalar.Text) is >= 0 and var index)
        {
            value = _choices[index].Value;
            return true;
        }

        var words = _choices.Select(c => c.Word);
        reading.Log.Add(KeyDiagnostics.Choice(node.Span, reading.Subject, scalar.Quoted, (words, Spelling.Hint(scalar.Text, words))));
        return false;
    }

    // Words that look like numbers (version: 2) are numbers to an editor, unless they are quoted.
    public override JsonObject Describe() => new()
    {
        ["enum"] = new JsonArray([.. _choices.SelectMany(c => int.TryParse(c.Word, out var number) ? (JsonNode[])[number, c.Word] : [c.Word])]),
    };
}
