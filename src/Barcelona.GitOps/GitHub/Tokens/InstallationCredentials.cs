using Barcelona.GitOps.GitHub.Http;
using Octokit;

namespace Barcelona.GitOps.GitHub.Tokens;

/// <summary>Speaks as one installation, within one scope.</summary>
internal sealed class InstallationCredentials(InstallationTokens tokens, TokenScope scope) : IApiCredentials
{
    public string Budget => $"installation {scope.Installation}";

    public Task PrepareAsync(CancellationToken cancellationToken) => tokens.GetAsync(scope, cancellationToken);

    public async Task<Credentials> GetCredentials() =>
        new((await tokens.GetAsync(scope, CancellationToken.None)).Value.Reveal(), AuthenticationType.Bearer);

    public void Discard() => tokens.Discard(scope);
}
