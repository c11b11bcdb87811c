using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Yaml;

namespace Barcelona.GitOps.Core.Shapes;

/// <summary>
/// What a value may look like. Reads it from the file and describes it as JSON Schema (draft 7): both come from the one definition, so that
/// editors and the service cannot disagree.
/// </summary>
internal abstract class Shape<T>
{
    /// <summary>For messages: "a list", "a whole number of at least 1".</summary>
    public abstract string Allowed { get; }

    /// <summary>Reports everything that is wrong. False: there is no value to go on with.</summary>
    public abstract bool TryRead(YamlNode node, Reading reading, [MaybeNullWhen(false)] out T value);

    public abstract JsonObject Describe();

    /// <summary>The same value with its place.</summary>
    public Shape<Located<T>> Located() => new ConvertedShape<T, Located<T>>(this, (value, node, _) => new(value, node.Span));

    /// <summary>Another value made of it. The conversion may report, and it always gives a value.</summary>
    public Shape<TResult> Select<TResult>(Func<T, YamlNode, Reading, TResult> convert) => new ConvertedShape<T, TResult>(this, convert);

    protected bool WrongForm(YamlNode node, Reading reading)
    {
        reading.Log.Add(KeyDiagnostics.WrongForm(node.Span, reading.Subject, node.Form, Allowed));
        return false;
    }
}

internal sealed class ConvertedShape<T, TResult>(Shape<T> inner, Func<T, YamlNode, Reading, TResult> convert) : Shape<TResult>
{
    public override string Allowed => inner.Allowed;

    public override bool TryRead(YamlNode node, Reading reading, [MaybeNullWhen(false)] out TResult value)
    {
        if (inner.TryRead(node, reading, out var read))
        {
            value = convert(read, node, reading);
            return true;
        }

        value = default;
        return false;
    }

    public override JsonObject Describe() => inner.Describe();
}
