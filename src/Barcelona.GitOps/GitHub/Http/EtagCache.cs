using System.Net;
using Microsoft.Extensions.Caching.Memory;
using Octokit.Caching;
using Octokit.Internal;

namespace Barcelona.GitOps.GitHub.Http;

/// <summary>
/// Answers to GETs with their ETags, bounded: a 304 costs nothing of the rate limit. Kept per installation and repository and not per token, since
/// tokens change every hour. That is safe: an entry is only used after GitHub has answered 304 to the token of now.
/// </summary>
internal sealed class EtagCache : IDisposable
{
    private const long MaxCharacters = 16 * 1024 * 1024;
    private const int MaxEntry = 512 * 1024;

    private readonly MemoryCache _answers = new(new MemoryCacheOptions { SizeLimit = MaxCharacters });

    /// <param name="scope">Whose eyes see the answers.</param>
    public IResponseCache For(string scope) => new Scope(this, scope);

    public void Dispose() => _answers.Dispose();

    private sealed class Scope(EtagCache cache, string scope) : IResponseCache
    {
        public Task<CachedResponse.V1?> GetAsync(IRequest request) => Task.FromResult(cache._answers.Get<CachedResponse.V1>(Key(request)));

        public Task SetAsync(IRequest request, CachedResponse.V1 cachedResponse)
        {
            if (cachedResponse is { StatusCode: HttpStatusCode.OK, Body: string { Length: <= MaxEntry } body, ApiInfo.Etag.Length: > 0 })
            {
                cache._answers.Set(Key(request), cachedResponse, new MemoryCacheEntryOptions { Size = body.Length + 512 });
            }

            return Task.CompletedTask;
        }

        private string Key(IRequest request) => string.Join('\n', scope, request.Endpoint, request.Headers.GetValueOrDefault("Accept"));
    }
}
