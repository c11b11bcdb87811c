using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Barcelona.GitOps.Core.Templates.Tasks;

namespace Barcelona.GitOps.Registries;

/// <summary>One request to a registry or to the place where it has its tokens made. Bounded in time, size and redirects.</summary>
public sealed class RegistryWire(IHttpClientFactory clients, RegistryAddresses addresses, TimeProvider clock)
{
    private const int MaxRedirects = 3;

    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    /// <param name="how">As whom, and whether plain http may be spoken, where a setting says so.</param>
    /// <exception cref="RegistryUnavailableException">No answer.</exception>
    internal async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, Uri url, (AuthenticationHeaderValue? Authorization, bool IsInsecure) how, CancellationToken cancellationToken)
    {
        var target = url;
        for (var redirects = 0; ; redirects++)
        {
            var isPlain = target.Scheme == Uri.UriSchemeHttp && how.IsInsecure && addresses.MayBePlain(target);
            if (target.Scheme != Uri.UriSchemeHttps && !isPlain)
            {
                throw new RegistryUnavailableException($"sends us to {target.Scheme}://{target.Host}, which is not safe", null);
            }

            // What was meant for one host is not shown to another.
            var authorization = target.Authority == url.Authority && target.Scheme == url.Scheme ? how.Authorization : null;
            var response = await SendOnceAsync(method, target, authorization, cancellationToken);
            if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308) || response.Headers.Location is not { } location)
            {
                return response;
            }

            response.Dispose();
            if (redirects == MaxRedirects)
            {
                throw new RegistryUnavailableException("redirects without end", null);
            }

            target = new Uri(target, location);
        }
    }

    /// <returns>Null: it is longer than that.</returns>
    /// <exception cref="RegistryUnavailableException">It does not come to its end.</exception>
    internal static async Task<byte[]?> ReadAsync(HttpResponseMessage response, int maxBytes, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(RegistriesSetup.AnswerTimeout);
        try
        {
            using var body = new MemoryStream();
            await using var stream = await response.Content.ReadAsStreamAsync(deadline.Token);
            var buffer = new byte[16 * 1024];
            while (await stream.ReadAsync(buffer, deadline.Token) is > 0 and var read)
            {
                if (body.Length + read > maxBytes)
                {
                    return null;
                }

                body.Write(buffer, 0, read);
            }

            return body.ToArray();
        }
        catch (Exception e) when (e is HttpRequestException or IOException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new RegistryUnavailableException("breaks off in the middle of its answer", null);
        }
    }

    /// <summary>It may say otherwise in a moment.</summary>
    internal RegistryUnavailableException? TroubleOf(HttpResponseMessage response) =>
        response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError
            ? new RegistryUnavailableException($"answers {Text(response.StatusCode)}", RetryAfter(response))
            : null;

    internal static string Text(HttpStatusCode status) => string.Create(CultureInfo.InvariantCulture, $"{(int)status} {Words(status)}").TrimEnd();

    internal static AuthenticationHeaderValue Basic(RegistryLogin login) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{login.Username}:{login.RevealPassword()}")));

    private async Task<HttpResponseMessage> SendOnceAsync(
        HttpMethod method, Uri url, AuthenticationHeaderValue? authorization, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, url);
        request.Headers.Authorization = authorization;
        foreach (var type in Manifests.MediaTypes)
        {
            request.Headers.Accept.Add(new(type));
        }

        try
        {
            return await clients.CreateClient(RegistriesSetup.HttpClientName)
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // HttpClient reports its own time-out as a cancellation that nobody asked for.
            throw new RegistryUnavailableException($"{url.Authority} does not answer in time", null);
        }
        catch (HttpRequestException e)
        {
            // No more than that: an answer would tell whoever writes an image's name about networks that only we see.
            throw e.InnerException as RegistryUnavailableException
                ?? new RegistryUnavailableException($"{url.Authority} cannot be reached", null);
        }
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        var asked = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - clock.GetUtcNow(),
            _ => (TimeSpan?)null,
        };
        return asked is { } wait && wait > TimeSpan.Zero ? TimeSpan.FromTicks(Math.Min(wait.Ticks, LongestWait.Ticks)) : null;
    }

    private static string Words(HttpStatusCode status) => status switch
    {
        HttpStatusCode.NotFound => "Not Found",
        HttpStatusCode.TooManyRequests => "Too Many Requests",
        _ => Enum.IsDefined(status) ? status.ToString() : "",
    };
}

/// <summary>A registry gives no answer that counts: ask again.</summary>
internal sealed class RegistryUnavailableException(string answer, TimeSpan? retryAfter) : Exception(answer)
{
    public TimeSpan? RetryAfter => retryAfter;
}
