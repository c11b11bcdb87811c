using System.Runtime.CompilerServices;
using System.Text.Json;
using Octokit;

namespace Barcelona.GitOps.GitHub.Http;

/// <summary>
/// A conversation with GitHub's REST API under one identity. Paths are relative to the API's root. Every method throws
/// <see cref="GitHubUnavailableException"/> for "again later" and <see cref="GitHubRefusedException"/> for "no".
/// </summary>
internal sealed class GitHubApi(IConnection connection, IApiCredentials credentials, RateLimitGate gate, TimeProvider time)
{
    private const string Json = "application/vnd.github+json";
    private const int MaxPages = 100;

    /// <summary>What can be left out should be: the rest of the hour's budget is for what cannot.</summary>
    public bool IsBudgetScarce => gate.IsScarce(credentials.Budget);

    public async Task<T> GetAsync<T>(string path, CancellationToken cancellationToken) =>
        (await SendAsync($"GET {path}", () => connection.Get<T>(Relative(path), null, Json, cancellationToken), cancellationToken)).Body;

    /// <summary>Null when GitHub has no such thing, or none that we may see.</summary>
    public async Task<T?> FindAsync<T>(string path, CancellationToken cancellationToken) where T : class
    {
        try
        {
            return await GetAsync<T>(path, cancellationToken);
        }
        catch (GitHubRefusedException e) when (e.IsNotFound)
        {
            return null;
        }
    }

    /// <summary>All pages, one after the other, as the <c>Link</c> header chains them.</summary>
    /// <typeparam name="T">What one page is: a list, or an object with a list in it.</typeparam>
    public async IAsyncEnumerable<T> PagesAsync<T>(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var next = Relative(path);
        for (var page = 0; next is not null && page < MaxPages; page++)
        {
            var uri = next;
            var response = await SendAsync($"GET {path}", () => connection.Get<T>(uri, null, Json, cancellationToken), cancellationToken);
            yield return response.Body;
            next = NextPage(response.HttpResponse.ApiInfo);
        }
    }

    public async Task<T> PostAsync<T>(string path, object body, CancellationToken cancellationToken) =>
        (await SendAsync(
            $"POST {path}",
            () => connection.Post<T>(Relative(path), body, Json, "application/json", parameters: null, cancellationToken),
            cancellationToken)).Body;

    /// <summary>A POST without a body, answered 2xx.</summary>
    public Task PostAsync(string path, CancellationToken cancellationToken) =>
        SendAsync($"POST {path}", () => connection.Post<JsonElement>(Relative(path), cancellationToken), cancellationToken);

    public async Task<T> PatchAsync<T>(string path, object body, CancellationToken cancellationToken) =>
        // Octokit's PATCH cannot be cancelled: the wait can, and the request ends by its own timeout.
        (await SendAsync(
            $"PATCH {path}", () => connection.Patch<T>(Relative(path), body, Json).WaitAsync(cancellationToken), cancellationToken)).Body;

    private async Task<IApiResponse<T>> SendAsync<T>(string operation, Func<Task<IApiResponse<T>>> send, CancellationToken cancellationToken)
    {
        gate.Enter(credentials.Budget);
        await credentials.PrepareAsync(cancellationToken);
        try
        {
            try
            {
                return Counted(await send());
            }
            catch (AuthorizationException)
            {
                // A token revoked before its time. A 401 did nothing, so that even a POST may be sent again, once.
                credentials.Discard();
                await credentials.PrepareAsync(cancellationToken);
                return Counted(await send());
            }
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested
            && GitHubErrors.Translate(e, operation, time.GetUtcNow()) is { } translated)
        {
            if (translated is GitHubUnavailableException unavailable)
            {
                gate.Note(credentials.Budget, unavailable);
            }

            throw translated;
        }
    }

    private IApiResponse<T> Counted<T>(IApiResponse<T> response)
    {
        if (response.HttpResponse.ApiInfo?.RateLimit is { } budget)
        {
            gate.Note(credentials.Budget, budget);
        }

        return response;
    }

    // A link to another host would carry our token there.
    private Uri? NextPage(ApiInfo info) =>
        info.Links.TryGetValue("next", out var next) && next.IsAbsoluteUri && next.Authority == connection.BaseAddress.Authority ? next : null;

    private static Uri Relative(string path) => new(path, UriKind.Relative);
}
