using System.Collections.Immutable;
using Barcelona.GitOps.Core.Names;

namespace Barcelona.GitOps.Git;

/// <summary>
/// Git, as far as deploys need it: live refs, files at exactly one commit, how commits relate. Commits that are not at hand are fetched.
/// Every method throws <see cref="GitUnavailableException"/> when the remote does not answer, refuses, or lacks the commit.
/// </summary>
public interface IManifestSource
{
    /// <summary>Where a ref points now, asked of the remote each time; null when there is no such ref. The commit is at hand afterwards.</summary>
    Task<ResolvedRef?> ResolveAsync(GitAccess repository, GitRef gitRef, CancellationToken cancellationToken);

    /// <summary>Makes a commit with all its history available.</summary>
    Task FetchAsync(GitAccess repository, CommitSha commit, CancellationToken cancellationToken);

    /// <param name="path">From the root, with slashes: <c>barcelona.yml</c>.</param>
    Task<FileAtCommit> ReadFileAsync(GitAccess repository, CommitSha commit, string path, CancellationToken cancellationToken);

    /// <summary>The paths of the files directly in a folder, in order, without links and submodules; empty when there is no such folder.</summary>
    Task<ImmutableArray<string>> ListFilesAsync(GitAccess repository, CommitSha commit, string folder, CancellationToken cancellationToken);

    /// <summary>The best common ancestor; null when the histories are unrelated.</summary>
    Task<CommitSha?> MergeBaseAsync(GitAccess repository, CommitSha one, CommitSha other, CancellationToken cancellationToken);

    /// <summary>Whether the second contains the first; a commit contains itself.</summary>
    Task<bool> IsAncestorAsync(GitAccess repository, CommitSha ancestor, CommitSha descendant, CancellationToken cancellationToken);

    Task<string> CommitMessageAsync(GitAccess repository, CommitSha commit, CancellationToken cancellationToken);

    /// <summary>All branches and tags as the remote says now. Nothing is fetched.</summary>
    Task<ImmutableArray<RemoteRef>> HeadsAndTagsAsync(GitAccess repository, CancellationToken cancellationToken);
}
