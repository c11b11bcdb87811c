using Barcelona.GitOps.GitHub.Http;

namespace Barcelona.GitOps.GitHub;

/// <summary>Whether GitHub can be reached with the App's key.</summary>
public sealed class GitHubHealth(AppClient app)
{
    public async Task<GitHubAnswer> PingAsync(CancellationToken cancellationToken)
    {
        try
        {
            return new(IsHealthy: true, $"the App '{await app.DescribeAsync(cancellationToken)}' answers");
        }
        catch (Exception e) when (e is GitHubUnavailableException or GitHubRefusedException)
        {
            return new(IsHealthy: false, e.Message);
        }
    }
}

/// <param name="Detail">For people: what answered, or why not.</param>
public sealed record GitHubAnswer(bool IsHealthy, string Detail);
