using Barcelona.GitOps.GitHub.Http;

namespace Barcelona.GitOps.GitHub;

/// <summary>Whether GitHub answers to the App's key; for <c>/readyz</c>.</summary>
public sealed class GitHubHealth(AppClient app)
{
    /// <returns>The App's slug.</returns>
    /// <exception cref="GitHubUnavailableException">GitHub cannot answer now.</exception>
    /// <exception cref="GitHubRefusedException">GitHub does not take the key.</exception>
    public Task<string> PingAsync(CancellationToken cancellationToken) => app.DescribeAsync(cancellationToken);
}
