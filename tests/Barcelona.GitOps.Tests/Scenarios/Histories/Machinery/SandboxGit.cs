using System.Collections.Immutable;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Git;
using Barcelona.GitOps.Sandbox.GitHub;
using LibGit2Sharp;

namespace Barcelona.GitOps.Tests.Scenarios.Histories.Machinery;

/// <summary>
/// Reads the sandbox's repositories where they lie. Fetching over the wire, a process of git for each question, is what costs most of a scenario,
/// and has tests of its own.
/// </summary>
internal sealed class SandboxGit(Func<SandboxGitHub> gitHub) : IManifestSource, IDisposable
{
    private (SandboxGitHub? Of, Repository? Opened) _opened;

    public Task<ResolvedRef?> ResolveAsync(GitAccess repository, GitRef gitRef, CancellationToken cancellationToken) =>
        Task.FromResult<ResolvedRef?>((Open(repository).Refs[gitRef.Value] as DirectReference)?.Target switch
        {
            Commit commit => new(gitRef, CommitSha.Parse(commit.Sha), commit.Committer.When),
            TagAnnotation tag when tag.Peel<Commit>() is { } commit => new(gitRef, CommitSha.Parse(commit.Sha), tag.Tagger.When),
            _ => null,
        });

    public Task FetchAsync(GitAccess repository, CommitSha commit, CancellationToken cancellationToken) => Task.FromResult(Find(repository, commit));

    public Task<FileAtCommit> ReadFileAsync(GitAccess repository, CommitSha commit, string path, CancellationToken cancellationToken) =>
        Task.FromResult(CommitFiles.Read(Open(repository), Find(repository, commit), path));

    public Task<ImmutableArray<string>> ListFilesAsync(GitAccess repository, CommitSha commit, string folder, CancellationToken cancellationToken) =>
        Task.FromResult(CommitFiles.List(Find(repository, commit), folder));

    public Task<CommitSha?> MergeBaseAsync(GitAccess repository, CommitSha one, CommitSha other, CancellationToken cancellationToken) =>
        Task.FromResult(MergeBase(repository, one, other));

    public Task<bool> IsAncestorAsync(GitAccess repository, CommitSha ancestor, CommitSha descendant, CancellationToken cancellationToken) =>
        Task.FromResult(MergeBase(repository, ancestor, descendant) == ancestor);

    public Task<string> CommitMessageAsync(GitAccess repository, CommitSha commit, CancellationToken cancellationToken) =>
        Task.FromResult(Find(repository, commit).Message);

    public Task<ImmutableArray<RemoteRef>> HeadsAndTagsAsync(GitAccess repository, CancellationToken cancellationToken)
    {
        var refs = ImmutableArray.CreateBuilder<RemoteRef>();
        foreach (var found in Open(repository).Refs.OfType<DirectReference>().OrderBy(r => r.CanonicalName, StringComparer.Ordinal))
        {
            if (GitRef.TryParse(found.CanonicalName, out var gitRef) && found.Target.Peel<Commit>() is { } commit)
            {
                refs.Add(new(gitRef, CommitSha.Parse(commit.Sha)));
            }
        }

        return Task.FromResult(refs.ToImmutable());
    }

    public void Dispose() => _opened.Opened?.Dispose();

    private CommitSha? MergeBase(GitAccess repository, CommitSha one, CommitSha other) =>
        Open(repository).ObjectDatabase.FindMergeBase(Find(repository, one), Find(repository, other)) is { } found
            ? CommitSha.Parse(found.Sha)
            : null;

    private Commit Find(GitAccess repository, CommitSha commit) => Open(repository).Lookup<Commit>(commit.Value)
        ?? throw new GitUnavailableException(GitFailure.CommitMissing, $"{repository} has no commit {commit.Abbreviated}.");

    private Repository Open(GitAccess repository)
    {
        var current = gitHub();
        if (current.Faults.Down)
        {
            throw new GitUnavailableException(GitFailure.Network, $"{repository} does not answer.");
        }

        if (_opened.Of != current)
        {
            _opened.Opened?.Dispose();
            _opened = (current, new Repository(current.Repositories.Single().Directory));
        }

        return _opened.Opened ?? throw new InvalidOperationException("There is no repository.");
    }
}
