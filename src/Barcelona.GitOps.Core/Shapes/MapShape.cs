using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Yaml;

namespace Barcelona.GitOps.Core.Shapes;

/// <summary>A map with known keys. Unknown ones are errors unless they are free.</summary>
/// <param name="owner">For messages: "a service".</param>
internal sealed class MapShape<T>(string owner, ImmutableArray<Key> keys, Func<MapValues, T> bind) : Shape<T>
{
    private readonly Dictionary<string, Key> _keys = keys.ToDictionary(k => k.Name, StringComparer.Ordinal);

    /// <summary>Unknown keys are left alone: the top of a file, where helpers that only hold an anchor live.</summary>
    public bool AllowsOtherKeys { get; init; }

    /// <summary>By name: what is said of a key that is not known, and that people come with.</summary>
    public ImmutableDictionary<string, Func<SourceSpan, Diagnostic>> Refused { get; init; } =
        ImmutableDictionary<string, Func<SourceSpan, Diagnostic>>.Empty;

    /// <summary>What the schema says beyond the keys.</summary>
    public Action<JsonObject>? Constrain { get; init; }

    public override string Allowed => "a map";

    /// <summary>Reports everything; the value is made even if keys are wrong, so that rules across keys are checked too.</summary>
    public override bool TryRead(YamlNode node, Reading reading, [MaybeNullWhen(false)] out T value)
    {
        value = default;
        if (node is not YamlMap map)
        {
            return WrongForm(node, reading);
        }

        var values = new MapValues(map, reading, map.Entries.IsEmpty ? map.Span : map.Entries[0].Key.Span);
        foreach (var entry in map.Entries)
        {
            if (_keys.TryGetValue(entry.Key.Text, out var key))
            {
                values.Read(key, entry);
            }
            else if (!AllowsOtherKeys && !entry.Key.Text.StartsWith(Key.FreePrefix, StringComparison.Ordinal) && !reading.Log.IsFull)
            {
                reading.Log.Add(Refused.TryGetValue(entry.Key.Text, out var refusal)
                    ? refusal(entry.Key.Span)
                    : KeyDiagnostics.UnknownKey(entry.Key.Span, entry.Key.Text, owner, HintFor(entry.Key.Text)));
            }
        }

        foreach (var missing in keys.Where(k => k.IsRequired && !values.IsMentioned(k)))
        {
            reading.Log.Add(KeyDiagnostics.MissingKey(values.PlaceOf(missing), missing.Name, owner, missing.Description));
        }

        value = bind(values);
        return true;
    }

    public override JsonObject Describe()
    {
        var properties = new JsonObject();
        foreach (var key in keys)
        {
            properties[key.Name] = key.Describe();
        }

        var schema = new JsonObject { ["type"] = "object", ["properties"] = properties };
        if (keys.Any(k => k.IsRequired))
        {
            schema["required"] = new JsonArray([.. keys.Where(k => k.IsRequired).Select(k => (JsonNode)k.Name)]);
        }

        if (!AllowsOtherKeys)
        {
            schema["patternProperties"] = SchemaParts.FreeKeys();
            schema["additionalProperties"] = false;
        }

        Constrain?.Invoke(schema);
        return schema;
    }

    private string HintFor(string found) =>
        Spelling.Hint(found, keys.Select(k => k.Name)) is { Length: > 0 } hint
            ? hint
            : $"Known are {string.Join(", ", keys.Where(k => !k.IsObsolete).Select(k => k.Name))}.";
}
