using System.Globalization;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Templates;
using Barcelona.GitOps.Storage.History;
using Barcelona.GitOps.Storage.Work;

namespace Barcelona.GitOps.Reconciliation;

/// <summary>Reads the keys that <c>Storage.Work.LaneKinds</c> writes, and knows the lane of a run.</summary>
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

    /// <summary>The lane in which a run is worked on.</summary>
    public static LaneWish OfRun(Run run, DateTimeOffset due) => run.IsOfDistrict
        ? new(LaneKinds.District, run.District, due)
        : new(LaneKinds.Target, LaneKinds.TargetKey(run.District, run.Heritage), due);

    /// <summary>A district is a target without a heritage.</summary>
    public static DeployTarget District(string key) => new(key, "");

    public static DeployTarget Target(string key)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        return new(key[..slash], key[(slash + 1)..]);
    }
}
