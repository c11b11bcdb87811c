using System.Net;

namespace Barcelona.GitOps.GitHub.Http;

/// <summary>
/// Repeats what can be repeated without harm, within about a second. A POST or PATCH is never repeated here: whoever sent it knows
/// how to find out whether it happened. Longer outages are the caller's "again later".
/// </summary>
internal sealed class TransientRetry(TimeProvider time) : DelegatingHandler
{
    private const int Attempts = 3;
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(200);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var attempts = IsRepeatable(request.Method) ? Attempts : 1;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var response = await base.SendAsync(request, cancellationToken);
                if (attempt == attempts || !IsTransient(response))
                {
                    return response;
                }

                response.Dispose();
            }
            catch (HttpRequestException) when (attempt < attempts)
            {
                // Refused, reset or unresolved: the next attempt decides.
            }

            await Task.Delay(Delay(attempt), time, cancellationToken);
        }
    }

    private static bool IsRepeatable(HttpMethod method) => method == HttpMethod.Get || method == HttpMethod.Put || method == HttpMethod.Delete;

    // A server that says when to come back is obeyed by the caller, not hammered here.
    private static bool IsTransient(HttpResponseMessage response) => response.Headers.RetryAfter is null
        && response.StatusCode is HttpStatusCode.InternalServerError or HttpStatusCode.BadGateway
            or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;

    private static TimeSpan Delay(int attempt) => FirstDelay * Math.Pow(2, attempt - 1) * (0.5 + Random.Shared.NextDouble());
}
