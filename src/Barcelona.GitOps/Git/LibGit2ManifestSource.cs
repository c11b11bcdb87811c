using System.Collections.Immutable;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Git.Mirroring;
using LibGit2Sharp;

namespace Barcelona.GitOps.Git;

/// <summary>Git by libgit2, from bare mirrors on local disk.</summary>
public sealed class LibGit2ManifestSource(MirrorSessions sessions) : IManifestSource
{
    /// <summary>In bytes; the limit of barcelona.yml and of district files.</summary>
    public const int MaxFileSize = 1024 * 1024;

    // A ref that moves between listing and fetching is asked for again; one that never rests is some other problem.
    private const int ResolveAttempts = 3;

    public Task<ResolvedRef?> ResolveAsync(GitAccess repository, GitRef gitRef, CancellationToken cancellationToken) =>
        sessions.RunAsync(repository, session => Resolve(session, repository, gitRef), cancellationToken);

    public Task FetchAsync(GitAccess repository, CommitSha commit, CancellationToken cancellationToken) =>
        sessions.RunAsync(repository, session => session.Require(commit).Sha, cancellationToken);

    public Task<FileAtCommit> ReadFileAsync(GitAccess repository, CommitSha commit, string path, CancellationToken cancellationToken) =>
        sessions.RunAsync(repository, session => CommitFiles.Read(session.Repository, session.Require(commit), path), cancellationToken);

    public Task<ImmutableArray<string>> ListFilesAsync(GitAccess repository, CommitSha commit, string folder, CancellationToken cancellationToken) =>
        sessions.RunAsync(repository, session => CommitFiles.List(session.Require(commit), folder), cancellationToken);

    public Task<CommitSha?> MergeBaseAsync(GitAccess repository, CommitSha one, CommitSha other, CancellationToken cancellationToken) =>
        sessions.RunAsync(repository, session => MergeBase(session, one, other), cancellationToken);

    public Task<bool> IsAncestorAsync(GitAccess repository, CommitSha ancestor, CommitSha descendant, CancellationToken cancellationToken) =>
        sessions.RunAsync(repository, session => MergeBase(session, ancestor, descendant) == ancestor, cancellationToken);

    public Task<string> CommitMessageAsync(GitAccess repository, CommitSha commit, CancellationToken cancellationToken) =>
        sessions.RunAsync(repository, session => session.Require(commit).Message, cancellationToken);

    public Task<ImmutableArray<RemoteRef>> HeadsAndTagsAsync(GitAccess repository, CancellationToken cancellationToken) =>
        sessions.RunAsync(repository, session => HeadsAndTags(session.Remote.List()), cancellationToken);

    private static ResolvedRef? Resolve(MirrorSession session, GitAccess access, GitRef gitRef)
    {
        for (var attempt = 0; attempt < ResolveAttempts; attempt++)
        {
            if (!session.Remote.List().TryGetValue(gitRef.Value, out var target))
            {
                return null;
            }

            var id = new ObjectId(target);
            if (session.Repository.Lookup(id) is null)
            {
                session.Remote.Fetch(gitRef.Value);
            }

            switch (session.Repository.Lookup(id))
            {
                case null: continue;
                case Commit commit: return new(gitRef, CommitSha.Parse(commit.Sha), commit.Committer.When);
                case TagAnnotation tag when tag.Peel<Commit>() is { } commit:
                    // A tag made by hand may lack its tagger.
                    return new(gitRef, CommitSha.Parse(commit.Sha), tag.Tagger?.When ?? commit.Committer.When);
                // A tag of a tree or a file deploys nothing.
                default: return null;
            }
        }

        throw new GitUnavailableException(GitFailure.Network, $"{access}: {gitRef} moves faster than it can be fetched.");
    }

    private static CommitSha? MergeBase(MirrorSession session, CommitSha one, CommitSha other) =>
        session.Repository.ObjectDatabase.FindMergeBase(session.Require(one), session.Require(other)) is { } found
            ? CommitSha.Parse(found.Sha)
            : null;

    private static ImmutableArray<RemoteRef> HeadsAndTags(Dictionary<string, string> targets)
    {
        var refs = ImmutableArray.CreateBuilder<RemoteRef>();
        foreach (var (name, target) in targets.OrderBy(t => t.Key, StringComparer.Ordinal))
        {
            if (GitRef.TryParse(name, out var gitRef) && CommitSha.TryParse(targets.GetValueOrDefault(name + "^{}", target), out var commit))
            {
                refs.Add(new(gitRef, commit));
            }
        }

        return refs.ToImmutable();
    }
}
