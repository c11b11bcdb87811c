using System.Collections.Immutable;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.GitHub.Http;
using Barcelona.GitOps.GitHub.Tokens;
using Microsoft.Extensions.Options;

namespace Barcelona.GitOps.GitHub;

/// <summary>Opens conversations about one repository, each with a token that reaches nothing else.</summary>
public sealed class GitHubClients
{
    private readonly ApiFactory _apis;
    private readonly InstallationTokens _tokens;
    private readonly GitHubOptions _options;

    internal GitHubClients(ApiFactory apis, InstallationTokens tokens, IOptions<GitHubOptions> options) =>
        (_apis, _tokens, _options) = (apis, tokens, options.Value);

    /// <summary>A client for one job on one repository. The token is fetched here, so that a missing right shows at once.</summary>
    /// <exception cref="GitHubUnavailableException">GitHub cannot answer now.</exception>
    /// <exception cref="GitHubRefusedException">The installation does not reach the repository or lacks a permission.</exception>
    public async Task<RepositoryClient> ForAsync(long installation, RepositoryName repository, CancellationToken cancellationToken)
    {
        var scope = new TokenScope(installation, repository, TokenAccess.Deploy);
        await _tokens.GetAsync(scope, cancellationToken);
        return new(repository, Api(scope));
    }

    /// <summary>Where git finds the repository. No credential is in it.</summary>
    public Uri CloneUrl(RepositoryName repository) => _options.CloneUrlOf(repository);

    /// <summary>A token that reads the contents of one repository and nothing else: for git.</summary>
    public async Task<Secret> ContentsTokenAsync(long installation, RepositoryName repository, CancellationToken cancellationToken) =>
        (await _tokens.GetAsync(new(installation, repository, TokenAccess.ReadContents), cancellationToken)).Value;

    /// <summary>Every repository that an installation reaches.</summary>
    public async Task<ImmutableArray<RepositoryName>> RepositoriesOfAsync(long installation, CancellationToken cancellationToken)
    {
        var names = ImmutableArray.CreateBuilder<RepositoryName>();
        var api = Api(new(installation, Repository: null, TokenAccess.ReadMetadata));
        await foreach (var page in api.PagesAsync<RepositoryPage>("installation/repositories?per_page=100", cancellationToken))
        {
            foreach (var repository in page.Repositories)
            {
                if (RepositoryName.TryParse(repository.FullName, out var name))
                {
                    names.Add(name);
                }
            }
        }

        return names.ToImmutable();
    }

    /// <summary>
    /// Whether somebody is in one of these teams, as GitHub says at this moment. Who was only invited is not. An installation reads the teams of
    /// its own organization, which is the one that the repository belongs to: nobody is known to be in another's.
    /// </summary>
    /// <param name="teams"><c>org/team</c>.</param>
    /// <exception cref="GitHubUnavailableException">GitHub cannot answer now.</exception>
    /// <exception cref="GitHubRefusedException">The installation may not read the organization's members.</exception>
    public async Task<bool> IsInAnyAsync(
        long installation, RepositoryName repository, IEnumerable<string> teams, string login, CancellationToken cancellationToken)
    {
        var api = Api(new(installation, Repository: null, TokenAccess.ReadMembers));
        foreach (var team in teams.Where(t => t.StartsWith($"{repository.Owner}/", StringComparison.OrdinalIgnoreCase)))
        {
            var path = $"orgs/{repository.Owner}/teams/{team[(repository.Owner.Length + 1)..]}/memberships/{Uri.EscapeDataString(login)}";
            if (await api.FindAsync<Membership>(path, cancellationToken) is { State: "active" })
            {
                return true;
            }
        }

        return false;
    }

    private GitHubApi Api(TokenScope scope) => _apis.Create(new InstallationCredentials(_tokens, scope), $"{scope.Installation} {scope.Repository}");

    private sealed record RepositoryPage(List<RepositoryItem> Repositories);

    private sealed record RepositoryItem(string? FullName);

    private sealed record Membership(string State);
}
