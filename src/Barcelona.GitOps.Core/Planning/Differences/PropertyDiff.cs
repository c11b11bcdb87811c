using System.Collections.Immutable;

namespace Barcelona.GitOps.Core.Planning.Differences;

/// <summary>What differs between two sets of leaves, by path.</summary>
internal static class PropertyDiff
{
    public static ImmutableArray<PropertyChange> Of(
        ImmutableSortedDictionary<string, string> old, ImmutableSortedDictionary<string, string> desired) =>
    [
        .. old.Keys.Union(desired.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(path => new PropertyChange(path, old.GetValueOrDefault(path), desired.GetValueOrDefault(path)))
            .Where(p => p.Old != p.New),
    ];
}
