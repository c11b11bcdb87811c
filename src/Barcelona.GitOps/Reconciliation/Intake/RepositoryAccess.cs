using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Git;
using Barcelona.GitOps.GitHub;
using Barcelona.GitOps.GitHub.Http;

namespace Barcelona.GitOps.Reconciliation.Intake;

/// <summary>How git reaches a repository: its address, and a token for it alone that may only read.</summary>
public sealed class RepositoryAccess(GitHubClients gitHub)
{
    public async Task<GitAccess> ForAsync(long installation, RepositoryName repository, CancellationToken cancellationToken) =>
        new(gitHub.CloneUrl(repository), (await gitHub.ContentsTokenAsync(installation, repository, cancellationToken)).Reveal());

    /// <summary>While GitHub gives no token, what was fetched before can still be read, so that a deploy that has begun goes on.</summary>
    public async Task<GitAccess> ForKnownCommitAsync(long installation, RepositoryName repository, CancellationToken cancellationToken)
    {
        try
        {
            return await ForAsync(installation, repository, cancellationToken);
        }
        catch (GitHubUnavailableException)
        {
            return new(gitHub.CloneUrl(repository), Token: null);
        }
    }
}
