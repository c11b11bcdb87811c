using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Yaml;

namespace Barcelona.GitOps.Core.Shapes;

/// <summary>A list of one kind of thing. Entries that cannot be read are reported and left out.</summary>
internal sealed class ListShape<T>(Shape<T> item) : Shape<ImmutableArray<T>>
{
    public int Min { get; init; }

    public int Max { get; init; } = 1000;

    public override string Allowed => "a list";

    public override bool TryRead(YamlNode node, Reading reading, out ImmutableArray<T> value)
    {
        value = [];
        if (node is not YamlList list)
        {
            return WrongForm(node, reading);
        }

        if (list.Items.Length > Max)
        {
            reading.Log.Add(KeyDiagnostics.TooMany(list.Span, reading.Subject, list.Items.Length, Max));
        }
        else if (list.Items.Length < Min)
        {
            reading.Log.Add(KeyDiagnostics.TooFew(list.Span, reading.Subject, list.Items.Length, Min));
        }

        var items = ImmutableArray.CreateBuilder<T>();
        foreach (var (index, entry) in list.Items.Take(Max).Index())
        {
            if (item.TryRead(entry, reading.For($"{reading.Subject}[{index}]"), out var read))
            {
                items.Add(read);
            }
        }

        value = items.ToImmutable();
        return true;
    }

    public override JsonObject Describe()
    {
        var schema = new JsonObject { ["type"] = "array", ["items"] = item.Describe() };
        if (Min > 0)
        {
            schema["minItems"] = Min;
        }

        schema["maxItems"] = Max;
        return schema;
    }
}
