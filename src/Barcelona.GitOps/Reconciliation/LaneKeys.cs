using System.Globalization;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Templates;

namespace Barcelona.GitOps.Reconciliation;

/// <summary>Reads the keys that <c>Storage.Work.LaneKinds</c> writes.</summary>
internal static class LaneKeys
{
    public static (RepositoryName Repository, GitRef Ref) Ref(string key)
    {
        var at = key.IndexOf('@', StringComparison.Ordinal);
        return (RepositoryName.Parse(key[..at]), GitRef.Parse(key[(at + 1)..]));
    }

    public static (RepositoryName Repository, CommitSha Commit) Commit(string key)
    {
        var at = key.IndexOf('@', StringComparison.Ordinal);
        return (RepositoryName.Parse(key[..at]), CommitSha.Parse(key[(at + 1)..]));
    }

    public static (RepositoryName Repository, int Number) Pull(string key)
    {
        var hash = key.LastIndexOf('#');
        return (RepositoryName.Parse(key[..hash]), int.Parse(key[(hash + 1)..], CultureInfo.InvariantCulture));
    }

    public static DeployTarget Target(string key)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        return new(key[..slash], key[(slash + 1)..]);
    }
}
