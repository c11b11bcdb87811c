namespace Barcelona.GitOps.Sandbox.Git;

public static class RefComparison
{
    /// <summary>The refs that differ between two listings, in the order of their names.</summary>
    public static IReadOnlyList<RefChange> Between(IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> after) =>
    [
        .. before.Keys.Union(after.Keys).Order(StringComparer.Ordinal)
            .Select(name => new RefChange(name, before.GetValueOrDefault(name), after.GetValueOrDefault(name)))
            .Where(change => change.Before != change.After),
    ];
}
