using System.Collections.Frozen;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Yaml;

namespace Barcelona.GitOps.Core.Districts;

/// <summary>Where the keys of a district file stand, by their path: <c>network.cidr_block</c>, <c>endpoints.demo-endpoint.public</c>.</summary>
public sealed class KeyPlaces
{
    /// <summary>Deeper than any key of a district file that decides about a resource.</summary>
    private const int Depth = 3;

    public static readonly KeyPlaces None = new(FrozenDictionary<string, SourceSpan>.Empty);

    private readonly FrozenDictionary<string, SourceSpan> _places;

    private KeyPlaces(FrozenDictionary<string, SourceSpan> places) => _places = places;

    internal static KeyPlaces Of(YamlNode document) =>
        new(Below(document, "", Depth).ToFrozenDictionary(p => p.Path, p => p.Span, StringComparer.Ordinal));

    /// <summary>Of the key, or of the nearest one above it that the file has; null: not even that.</summary>
    public SourceSpan? Find(string path)
    {
        for (var known = path; known.Length > 0; known = known[..Math.Max(0, known.LastIndexOf('.'))])
        {
            if (_places.TryGetValue(known, out var span))
            {
                return span;
            }
        }

        return null;
    }

    /// <summary>The file has the key itself.</summary>
    public bool Has(string path) => _places.ContainsKey(path);

    private static IEnumerable<(string Path, SourceSpan Span)> Below(YamlNode node, string prefix, int depth) =>
        depth == 0 || node is not YamlMap map ? [] : map.Entries.SelectMany(entry => Below(entry.Value, $"{prefix}{entry.Key.Text}.", depth - 1)
            .Prepend((prefix + entry.Key.Text, entry.Key.Span)));
}
