using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Git;

namespace Barcelona.GitOps.Reconciliation.Heads;

/// <summary>Which commits are in which, of a branch that may be force-pushed.</summary>
internal static class Ancestry
{
    /// <returns>False also when git does not have one of them any more.</returns>
    public static async Task<bool> IsInAsync(
        this IManifestSource git, GitAccess repository, CommitSha commit, CommitSha descendant, CancellationToken cancellationToken)
    {
        try
        {
            return await git.IsAncestorAsync(repository, commit, descendant, cancellationToken);
        }
        catch (GitUnavailableException e) when (e.Failure == GitFailure.CommitMissing)
        {
            // A force-push has left it behind.
            return false;
        }
    }
}
