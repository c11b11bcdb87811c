using Microsoft.Extensions.Options;
using Octokit;
using Octokit.Internal;

namespace Barcelona.GitOps.GitHub.Http;

/// <summary>Makes the conversations: one HTTP client for all, one connection per identity and cache scope.</summary>
internal sealed class ApiFactory(IHttpMessageHandlerFactory handlers, IOptions<GitHubOptions> options, EtagCache cache, TimeProvider time)
    : IDisposable
{
    public const string HttpClientName = "github";

    private static readonly ProductHeaderValue Product = new("Barcelona.GitOps", typeof(ApiFactory).Assembly.GetName().Version?.ToString(3));

    // Kept for the life of the process: the primary handler renews its connections by itself.
    private readonly HttpClientAdapter _http = new(() => handlers.CreateHandler(HttpClientName));
    private readonly RateLimitGate _gate = new(time);

    /// <param name="credentials">Who speaks.</param>
    /// <param name="scope">Whose eyes see the answers: the scope of the ETag cache.</param>
    public GitHubApi Create(IApiCredentials credentials, string scope)
    {
        // Not new GitHubClient(…, uri): that one appends /api/v3/ to every host but github.com.
        var connection = new Connection(Product, options.Value.ApiBase(), credentials, _http, new ApiSerializer())
        {
            ResponseCache = cache.For(scope),
        };
        return new(connection, credentials, _gate, time);
    }

    public void Dispose() => _http.Dispose();
}
