using System.Collections.Immutable;
using Barcelona.GitOps.Core.Diagnostics;

namespace Barcelona.GitOps.Core.Yaml;

/// <summary>The entries of a map as it is read: refuses keys given twice and resolves the merge key.</summary>
internal sealed class OwnEntries(DiagnosticLog log)
{
    private const string MergeKey = "<<";

    private readonly List<YamlEntry> _entries = [];
    private readonly Dictionary<string, YamlScalar> _keys = new(StringComparer.Ordinal);
    private YamlNode? _merge;
    private int _entriesBeforeMerge;

    public YamlNode? First { get; private set; }

    public void Add(YamlNode key, YamlNode value)
    {
        First ??= key;
        if (key is not YamlScalar name)
        {
            log.Add(YamlDiagnostics.KeyIsNotText(key.Span));
        }
        else if (!_keys.TryAdd(name.Text, name))
        {
            log.Add(YamlDiagnostics.DuplicateKey(name.Span, name.Text, _keys[name.Text].Span.Line));
        }
        else if (name is { IsPlain: true, Text: MergeKey })
        {
            (_merge, _entriesBeforeMerge) = (value, _entries.Count);
        }
        else
        {
            _entries.Add(new(name, value));
        }
    }

    /// <summary>A key of the map itself wins over merged ones, an earlier merged map over a later one.</summary>
    public ImmutableArray<YamlEntry> WithMerged()
    {
        if (_merge is null)
        {
            return [.. _entries];
        }

        var own = _entries.Take(_entriesBeforeMerge).ToDictionary(e => e.Key.Text, StringComparer.Ordinal);
        var all = new List<YamlEntry>(_entries);
        foreach (var entry in Sources(_merge).SelectMany(m => m.Entries))
        {
            if (_keys.TryAdd(entry.Key.Text, entry.Key))
            {
                all.Add(entry);
            }
            else if (own.TryGetValue(entry.Key.Text, out var earlier) && !IsSame(earlier.Value, entry.Value))
            {
                log.Add(YamlDiagnostics.MergeOrder(earlier.Key.Span, earlier.Key.Text));
            }
        }

        return [.. all];
    }

    private List<YamlMap> Sources(YamlNode merge)
    {
        IEnumerable<YamlNode> parts = merge is YamlList list ? list.Items : [merge];
        foreach (var wrong in parts.Where(p => p is not YamlMap))
        {
            log.Add(YamlDiagnostics.MergeOfNoMap(wrong.Span, wrong.Form));
        }

        return [.. parts.OfType<YamlMap>()];
    }

    private static bool IsSame(YamlNode own, YamlNode merged) =>
        ReferenceEquals(own, merged) || own is YamlScalar a && merged is YamlScalar b && a.Text == b.Text;
}
