using Barcelona.GitOps.GitHub.Http;
using Octokit;

namespace Barcelona.GitOps.GitHub.Tokens;

/// <summary>Speaks as the App itself.</summary>
internal sealed class AppCredentials(AppJwt jwt) : IApiCredentials
{
    public string Budget => "app";

    public Task PrepareAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<Credentials> GetCredentials() => Task.FromResult(new Credentials(jwt.Get(), AuthenticationType.Bearer));

    public void Discard() => jwt.Discard();
}
