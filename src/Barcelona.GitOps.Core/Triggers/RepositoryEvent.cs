using Barcelona.GitOps.Core.Names;

namespace Barcelona.GitOps.Core.Triggers;

/// <summary>What happened in a repository, stripped of how GitHub says it.</summary>
/// <param name="Repository">As named at the time of the event.</param>
/// <param name="Installation">Whose token reaches the repository.</param>
public abstract record RepositoryEvent(RepositoryName Repository, long Installation)
{
    /// <summary>The login of whoever caused it; null when nobody said.</summary>
    public string? Actor { get; init; }

    /// <summary>A branch points to a new commit, also after a force-push.</summary>
    /// <param name="HeadMessage">The head commit's message: skip words.</param>
    public sealed record BranchPushed(
        RepositoryName Repository, long Installation, GitRef Ref, CommitSha Commit, string HeadMessage, string DefaultBranch)
        : RepositoryEvent(Repository, Installation);

    /// <summary>A tag was made or moved. <paramref name="Target"/> may be an annotated tag's own id: it is peeled when git is read.</summary>
    public sealed record TagPushed(RepositoryName Repository, long Installation, GitRef Ref, string Target, string DefaultBranch)
        : RepositoryEvent(Repository, Installation);

    public sealed record RefDeleted(RepositoryName Repository, long Installation, GitRef Ref) : RepositoryEvent(Repository, Installation);

    /// <summary>A pull request has a head that wants its check: opened, synchronized, reopened.</summary>
    public sealed record PullRequestChanged(RepositoryName Repository, long Installation, int Number, CommitSha Head, bool IsFork)
        : RepositoryEvent(Repository, Installation);

    /// <summary>The merge queue waits for the check of a commit that it made: what the default branch will be.</summary>
    public sealed record MergeGroupRequested(RepositoryName Repository, long Installation, CommitSha Commit)
        : RepositoryEvent(Repository, Installation);

    /// <summary>Somebody pressed a button of a check of ours.</summary>
    /// <param name="Action">The button's identifier.</param>
    public sealed record ActionRequested(RepositoryName Repository, long Installation, string ExternalId, string Action)
        : RepositoryEvent(Repository, Installation);

    /// <summary>Others have something to say about a commit: a status was set, a workflow or the checks of an App have ended.</summary>
    public sealed record CommitReported(RepositoryName Repository, long Installation, CommitSha Commit) : RepositoryEvent(Repository, Installation);

    /// <summary>Somebody pressed re-run on a check of ours, or on its suite.</summary>
    public sealed record CheckRerequested(RepositoryName Repository, long Installation, CommitSha Commit, string? CheckName, string? ExternalId)
        : RepositoryEvent(Repository, Installation);
}
