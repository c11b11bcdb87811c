using Barcelona.GitOps.Core.Names;

namespace Barcelona.GitOps.Storage.Refs;

/// <param name="Commit">As the ref names it: for an annotated tag the tag's own id.</param>
public sealed record RefState(RepositoryName Repository, GitRef Ref, string Commit, DateTimeOffset LookedAt)
{
    /// <summary>Looked at, and nobody could say what the push means: to the sweep the ref has moved, until somebody can.</summary>
    public static RefState Unsettled(RepositoryName repository, GitRef gitRef, CommitSha commit, DateTimeOffset lookedAt) =>
        new(repository, gitRef, Mark(commit), lookedAt);

    public bool IsUnsettledAt(CommitSha commit) => Commit == Mark(commit);

    private static string Mark(CommitSha commit) => $"?{commit}";
}
