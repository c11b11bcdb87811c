using System.Diagnostics.CodeAnalysis;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Yaml;

namespace Barcelona.GitOps.Core.Shapes;

/// <summary>The values of one map by their keys. A key with nothing after it counts as absent.</summary>
internal sealed class MapValues(YamlMap map, Reading reading, SourceSpan head)
{
    private readonly Dictionary<Key, object> _values = [];
    private readonly Dictionary<Key, SourceSpan> _places = [];
    private readonly HashSet<Key> _mentioned = [];

    public DiagnosticLog Log => reading.Log;

    /// <summary>The name under which the map stands: its key, or the list's.</summary>
    public string Subject => reading.Subject;

    public SourceSpan Span => map.Span;

    /// <summary>The first key: where to point for what is missing.</summary>
    public SourceSpan Head { get; } = head;

    public void Read(Key key, YamlEntry entry)
    {
        _places[key] = entry.Key.Span;
        if (entry.Value is YamlScalar { IsNull: true })
        {
            return;
        }

        _mentioned.Add(key);
        if (key.Read(entry.Value, reading.For(key.Name)) is { } value)
        {
            _values[key] = value;
        }
    }

    /// <summary>There is something after the key, be it right or wrong.</summary>
    public bool IsMentioned(Key key) => _mentioned.Contains(key);

    /// <summary>Where the key stands, or the map's head.</summary>
    public SourceSpan PlaceOf(Key key) => _places.GetValueOrDefault(key, Head);

    public bool TryGet<T>(Key<T> key, [MaybeNullWhen(false)] out T value) where T : notnull
    {
        if (_values.TryGetValue(key, out var found))
        {
            value = (T)found;
            return true;
        }

        value = default;
        return false;
    }

    public T Get<T>(Key<T> key, T otherwise) where T : notnull => TryGet(key, out var value) ? value : otherwise;

    public T? Find<T>(Key<T> key) where T : class => TryGet(key, out var value) ? value : null;

    public T? FindValue<T>(Key<T> key) where T : struct => TryGet(key, out var value) ? value : null;

    /// <summary>Exactly one of the keys must be there; reports otherwise.</summary>
    public bool HasExactlyOne(params Key[] keys)
    {
        var found = keys.Where(IsMentioned).ToList();
        if (found.Count == 1)
        {
            return true;
        }

        Log.Add(KeyDiagnostics.Exclusive(found.Count == 0 ? Head : PlaceOf(found[1]), keys.Select(k => k.Name), [.. found.Select(k => k.Name)]));
        return false;
    }
}
