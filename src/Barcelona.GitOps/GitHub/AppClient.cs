using System.Collections.Immutable;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.GitHub.Http;

namespace Barcelona.GitOps.GitHub;

/// <summary>What the App asks in its own name: who it is and where it is installed.</summary>
public sealed class AppClient
{
    private readonly GitHubApi _app;
    private readonly AppIdentity _identity;

    internal AppClient(GitHubApi app, AppIdentity identity) => (_app, _identity) = (app, identity);

    /// <summary>The App's slug; from then on <see cref="AppIdentity"/> knows it too.</summary>
    public async Task<string> DescribeAsync(CancellationToken cancellationToken)
    {
        var slug = (await _app.GetAsync<App>("app", cancellationToken)).Slug;
        _identity.Know(slug);
        return slug;
    }

    /// <summary>Through which installation a repository is reached; null when the App is not installed there.</summary>
    public async Task<long?> InstallationOfAsync(RepositoryName repository, CancellationToken cancellationToken) =>
        (await _app.FindAsync<Installation>($"repos/{repository}/installation", cancellationToken))?.Id;

    /// <summary>Every installation that is not suspended.</summary>
    public async Task<ImmutableArray<long>> InstallationsAsync(CancellationToken cancellationToken)
    {
        var ids = ImmutableArray.CreateBuilder<long>();
        await foreach (var page in _app.PagesAsync<List<Installation>>("app/installations?per_page=100", cancellationToken))
        {
            ids.AddRange(page.Where(i => i.SuspendedAt is null).Select(i => i.Id));
        }

        return ids.ToImmutable();
    }

    private sealed record App(string Slug);

    private sealed record Installation(long Id, DateTimeOffset? SuspendedAt);
}
