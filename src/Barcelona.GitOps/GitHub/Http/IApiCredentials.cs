using Octokit;

namespace Barcelona.GitOps.GitHub.Http;

/// <summary>Who speaks: the App itself, or an installation of it.</summary>
internal interface IApiCredentials : ICredentialStore
{
    /// <summary>Whose rate limit the requests count against.</summary>
    string Budget { get; }

    /// <summary>Makes sure that a token is at hand; Octokit's own <see cref="ICredentialStore.GetCredentials"/> cannot be cancelled.</summary>
    Task PrepareAsync(CancellationToken cancellationToken);

    /// <summary>GitHub no longer takes the token: forget it, the next one is fetched anew.</summary>
    void Discard();
}
