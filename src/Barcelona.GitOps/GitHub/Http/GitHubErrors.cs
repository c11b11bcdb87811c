using System.Globalization;
using System.Net;
using System.Text.Json;
using Octokit;

namespace Barcelona.GitOps.GitHub.Http;

/// <summary>
/// What an exception of Octokit means to us: again later, or never. Octokit itself has three types for one 403,
/// none for a 429, and leaves the network's own exceptions as they are.
/// </summary>
internal static class GitHubErrors
{
    private static readonly TimeSpan SecondaryDefault = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan OutageDefault = TimeSpan.FromSeconds(15);

    /// <summary>The exception to throw instead, or null for one that is none of ours: a cancellation, a defect.</summary>
    public static Exception? Translate(Exception error, string operation, DateTimeOffset now) => error switch
    {
        RateLimitExceededException e => Limited(UnavailableReason.RateLimit, AtLeastOneSecond(e.Reset - now), operation, e),
        AbuseException or SecondaryRateLimitExceededException =>
            Limited(UnavailableReason.SecondaryRateLimit, RetryAfter((ApiException)error, now) ?? SecondaryDefault, operation, error),
        ForbiddenException e when Header(e, "x-ratelimit-remaining") == "0" =>
            Limited(UnavailableReason.RateLimit, RetryAfter(e, now) ?? SecondaryDefault, operation, e),
        ForbiddenException e when Header(e, "retry-after") is not null =>
            Limited(UnavailableReason.SecondaryRateLimit, RetryAfter(e, now) ?? SecondaryDefault, operation, e),
        ApiException { StatusCode: HttpStatusCode.TooManyRequests } e =>
            Limited(UnavailableReason.RateLimit, RetryAfter(e, now) ?? SecondaryDefault, operation, e),
        ApiException { StatusCode: >= HttpStatusCode.InternalServerError or HttpStatusCode.RequestTimeout } e =>
            new GitHubUnavailableException(
                UnavailableReason.ServerError, RetryAfter(e, now) ?? OutageDefault, $"{operation}: GitHub answers {(int)e.StatusCode}.", e),
        ApiException e => new GitHubRefusedException(e.StatusCode, $"{operation}: GitHub answers {(int)e.StatusCode} {Details(e)}", e),
        HttpRequestException or IOException or TimeoutException or OperationCanceledException =>
            new GitHubUnavailableException(UnavailableReason.Network, OutageDefault, $"{operation}: GitHub cannot be reached: {Why(error)}.", error),

        // A proxy's page with a 200, or an answer cut short.
        JsonException => new GitHubUnavailableException(
            UnavailableReason.ServerError, OutageDefault, $"{operation}: GitHub's answer is no JSON.", error),
        _ => null,
    };

    private static GitHubUnavailableException Limited(UnavailableReason reason, TimeSpan after, string operation, Exception inner) =>
        new(reason, after, $"{operation}: GitHub's rate limit is reached, again in {after.TotalSeconds:F0} s.", inner);

    /// <summary>Either header may be there; <c>Retry-After</c> is the one that GitHub wants obeyed first.</summary>
    private static TimeSpan? RetryAfter(ApiException error, DateTimeOffset now)
    {
        if (double.TryParse(Header(error, "retry-after"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return AtLeastOneSecond(TimeSpan.FromSeconds(seconds));
        }

        return Header(error, "x-ratelimit-remaining") == "0"
            && long.TryParse(Header(error, "x-ratelimit-reset"), NumberStyles.None, CultureInfo.InvariantCulture, out var reset)
            && reset < int.MaxValue
                ? AtLeastOneSecond(DateTimeOffset.FromUnixTimeSeconds(reset) - now)
                : null;
    }

    // An hour is the longest window that GitHub has; more than that is a broken header.
    private static TimeSpan AtLeastOneSecond(TimeSpan time) => TimeSpan.FromSeconds(Math.Clamp(time.TotalSeconds, 1, 3_600));

    private static string? Header(ApiException error, string name) => error.HttpResponse?.Headers
        .FirstOrDefault(h => string.Equals(h.Key, name, StringComparison.OrdinalIgnoreCase)).Value;

    private static string Details(ApiException error)
    {
        var details = error.ApiError?.Errors?.Select(e => e.Message ?? $"{e.Resource}.{e.Field}: {e.Code}") ?? [];
        return string.Join("; ", details.Prepend(error.Message));
    }

    private static string Why(Exception error) => error is OperationCanceledException ? "no answer in time" : error.Message;
}
