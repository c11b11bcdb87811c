using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Shapes.Scalars;
using Barcelona.GitOps.Core.Yaml;

namespace Barcelona.GitOps.Core.Shapes;

/// <summary>A map whose keys are names that the file gives: environments, variables, endpoints.</summary>
/// <param name="name">What a name may be.</param>
internal sealed class EntriesShape<T>(TextShape name, Shape<T> item) : Shape<ImmutableArray<NamedEntry<T>>>
{
    /// <summary>Names may begin with x- here: it does not mark free keys.</summary>
    public bool HasNoFreeKeys { get; init; }

    public override string Allowed => "a map";

    public override bool TryRead(YamlNode node, Reading reading, out ImmutableArray<NamedEntry<T>> value)
    {
        value = [];
        if (node is not YamlMap map)
        {
            return WrongForm(node, reading);
        }

        var entries = ImmutableArray.CreateBuilder<NamedEntry<T>>();
        foreach (var (key, entry) in map.Entries.Where(e => HasNoFreeKeys || !e.Key.Text.StartsWith(Key.FreePrefix, StringComparison.Ordinal)))
        {
            name.TryRead(key, reading.For(reading.Subject), out _);
            if (item.TryRead(entry, reading.For(key.Text), out var read))
            {
                entries.Add(new(new(key.Text, key.Span), read, YamlPlaces.Join(key.Span, entry.Span)));
            }
        }

        value = entries.ToImmutable();
        return true;
    }

    public override JsonObject Describe()
    {
        var schema = new JsonObject { ["type"] = "object" };
        if (!HasNoFreeKeys)
        {
            schema["patternProperties"] = SchemaParts.FreeKeys();
        }

        if (name.Rule is { Pattern: { } pattern })
        {
            schema["propertyNames"] = new JsonObject { ["pattern"] = HasNoFreeKeys ? pattern : $"^{Key.FreePrefix}|{pattern}" };
        }

        schema["additionalProperties"] = item.Describe();
        return schema;
    }
}

/// <summary>A name, what it names, and the extent of both.</summary>
internal sealed record NamedEntry<T>(Located<string> Name, T Value, SourceSpan Span);
