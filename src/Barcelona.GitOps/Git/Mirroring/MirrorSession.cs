using Barcelona.GitOps.Core.Names;
using LibGit2Sharp;

namespace Barcelona.GitOps.Git.Mirroring;

/// <summary>A mirror that is open, and the remote behind it. Lives on one thread, for one piece of work.</summary>
internal sealed class MirrorSession(Repository repository, GitRemote remote, GitAccess access)
{
    public Repository Repository { get; } = repository;

    public GitRemote Remote { get; } = remote;

    /// <summary>A commit, fetched if it is not at hand.</summary>
    /// <exception cref="GitUnavailableException">The remote does not have it either.</exception>
    public Commit Require(CommitSha sha) => Find(sha) ?? Fetch(sha);

    private Commit? Find(CommitSha sha) => Repository.Lookup(new ObjectId(sha.Value)) as Commit;

    private Commit Fetch(CommitSha sha)
    {
        // By name where it has one: not every server hands out commits by their hash.
        var tip = Remote.List().FirstOrDefault(r => r.Value == sha.Value && r.Key.StartsWith("refs/", StringComparison.Ordinal)).Key;
        if (tip is not null)
        {
            Remote.Fetch(Unpeeled(tip));
        }
        else if (!IsServed(sha))
        {
            throw Missing(sha);
        }

        return Find(sha) ?? throw Missing(sha);
    }

    /// <summary>Asks twice before believing that a commit is gone: a connection that breaks off sounds just like it.</summary>
    private bool IsServed(CommitSha sha)
    {
        for (var attempt = 0; attempt < 2; attempt++)
        {
            try
            {
                Remote.Fetch(sha.Value);
                return true;
            }
            catch (LibGit2SharpException e) when (e is not UserCancelledException && GitErrors.MayMeanMissing(e))
            {
                // The listing worked a moment ago; if the second attempt fails too, it is the commit.
            }
        }

        return false;
    }

    private GitUnavailableException Missing(CommitSha sha) => new(GitFailure.CommitMissing, $"{access} does not have the commit {sha}.");

    private static string Unpeeled(string name) => name.EndsWith("^{}", StringComparison.Ordinal) ? name[..^3] : name;
}
