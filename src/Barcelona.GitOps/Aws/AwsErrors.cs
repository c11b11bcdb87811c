using System.Net;
using System.Text.RegularExpressions;
using Amazon.Runtime;
using Barcelona.GitOps.Core.Reports;

namespace Barcelona.GitOps.Aws;

/// <summary>AWS could not answer just now: throttled, broken, or out of reach. Look again later; nothing has failed.</summary>
public sealed class AwsUnavailableException(string reason, TimeSpan retryAfter, Exception cause) : Exception(reason, cause)
{
    public TimeSpan RetryAfter { get; } = retryAfter;
}

/// <summary>The credentials may not do what the work needs. A person must grant <see cref="Action"/>, or give other credentials.</summary>
public sealed class AwsDeniedException(string action, string message, Exception cause) : Exception(message, cause)
{
    /// <summary>As in a policy: <c>cloudformation:CreateStack</c>. Empty when AWS did not say.</summary>
    public string Action { get; } = action;

    /// <summary>No right is missing: AWS does not know, or no longer takes, whoever signs.</summary>
    public bool IsOfCredentials { get; init; }
}

/// <summary>Tells the SDK's exceptions apart, in one place.</summary>
internal static partial class AwsErrors
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(15);

    /// <exception cref="AwsUnavailableException">Throttled, 5xx, unreachable, timed out.</exception>
    /// <exception cref="AwsDeniedException">The credentials lack a permission, or are none.</exception>
    public static async Task<T> Translated<T>(this Task<T> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call;
        }
        catch (Exception e) when (Translate(e, cancellationToken) is { } translated)
        {
            throw translated;
        }
    }

    /// <summary>The answer that CloudFormation gives to what it does not want to do, whatever the cause.</summary>
    public static bool IsValidationError(this AmazonServiceException e) => e.ErrorCode is "ValidationError" or "ValidationException";

    private static Exception? Translate(Exception e, CancellationToken cancellationToken) => e switch
    {
        // HttpClient reports its own time-out as a cancellation that nobody asked for.
        OperationCanceledException => cancellationToken.IsCancellationRequested ? null : Unavailable(e, "timed out"),
        TimeoutException => Unavailable(e, "timed out"),
        HttpRequestException or IOException or WebException => Unavailable(e, "cannot be reached: " + e.Message),
        AmazonServiceException s when IsThrottling(s) => Unavailable(e, $"throttles us ({s.ErrorCode})"),
        AmazonServiceException { StatusCode: >= HttpStatusCode.InternalServerError } s =>
            Unavailable(e, $"answered {(int)s.StatusCode} {s.ErrorCode}".TrimEnd()),
        AmazonServiceException s when IsDenial(s) => Denied(s),
        AmazonServiceException s when IsOfCredentials(s) =>
            new AwsDeniedException("", $"AWS does not take the credentials in use ({s.ErrorCode}): {FirstLine(s.Message)}", s) { IsOfCredentials = true },
        AmazonServiceException { InnerException: HttpRequestException or IOException or TimeoutException } =>
            Unavailable(e, "cannot be reached: " + e.Message),
        _ => null,
    };

    private static AwsUnavailableException Unavailable(Exception e, string what) => new("AWS " + what, RetryAfter, e);

    private static AwsDeniedException Denied(AmazonServiceException e)
    {
        var action = DeniedAction().Match(e.Message) is { Success: true } m ? m.Groups[1].Value : "";
        return new AwsDeniedException(action, action == "" ? $"AWS denied access: {e.Message}" : $"AWS denied {action}: {e.Message}", e);
    }

    private static bool IsThrottling(AmazonServiceException e) =>
        e.StatusCode == HttpStatusCode.TooManyRequests
        || e.Retryable?.Throttling == true
        || e.ErrorCode is "Throttling" or "ThrottlingException" or "ThrottledException" or "RequestThrottled" or "RequestThrottledException"
            or "TooManyRequestsException" or "RequestLimitExceeded" or "BandwidthLimitExceeded" or "SlowDown" or "PriorRequestNotComplete"
            or "TransactionInProgressException" or "RequestTimeout" or "RequestTimeoutException";

    private static bool IsDenial(AmazonServiceException e) =>
        e.ErrorCode is "AccessDenied" or "AccessDeniedException" or "UnauthorizedOperation" or "NotAuthorized" or "AuthorizationError";

    /// <summary>As the services' pages of common errors name them, and EC2's and S3's own: expired, unknown, or signed with the wrong key.</summary>
    private static bool IsOfCredentials(AmazonServiceException e) =>
        e.ErrorCode is "ExpiredToken" or "ExpiredTokenException" or "RequestExpired" or "InvalidClientTokenId" or "UnrecognizedClientException"
            or "InvalidAccessKeyId" or "InvalidToken" or "AuthFailure" or "SignatureDoesNotMatch" or "InvalidSignatureException"
            or "IncompleteSignature" or "IncompleteSignatureException" or "MissingAuthenticationToken" or "MissingAuthenticationTokenException";

    /// <summary>What is wrong. The lines below it can quote the request with its token and signature.</summary>
    private static string FirstLine(string message) => Redactor.Redact(message.Split('\n', 2)[0].TrimEnd());

    [GeneratedRegex(@"not authorized to perform:? ([A-Za-z0-9-]+:[A-Za-z0-9*]+)", RegexOptions.CultureInvariant)]
    private static partial Regex DeniedAction();
}
