using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Barcelona.GitOps.Core.Yaml;

namespace Barcelona.GitOps.Core.Shapes;

/// <summary>Several ways to write one thing, told apart by form: a single value, a list or a map.</summary>
internal sealed class EitherShape<T> : Shape<T>
{
    public Shape<T>? Single { get; init; }

    public Shape<T>? List { get; init; }

    public Shape<T>? Map { get; init; }

    public override string Allowed => string.Join(" or ", Forms.Select(f => f.Allowed));

    private IEnumerable<Shape<T>> Forms => new[] { Single, List, Map }.OfType<Shape<T>>();

    public override bool TryRead(YamlNode node, Reading reading, [MaybeNullWhen(false)] out T value)
    {
        var form = node switch { YamlList => List, YamlMap => Map, _ => Single };
        if (form is not null)
        {
            return form.TryRead(node, reading, out value);
        }

        value = default;
        return WrongForm(node, reading);
    }

    public override JsonObject Describe() => new() { ["anyOf"] = new JsonArray([.. Forms.Select(f => f.Describe())]) };
}
