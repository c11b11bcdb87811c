namespace Barcelona.GitOps.GitHub.Http;

public enum UnavailableReason { RateLimit, SecondaryRateLimit, ServerError, Network }

/// <summary>GitHub cannot answer now. Nothing is wrong with what was asked: ask again after <see cref="RetryAfter"/>.</summary>
public sealed class GitHubUnavailableException(UnavailableReason reason, TimeSpan retryAfter, string message, Exception? inner = null)
    : Exception(message, inner)
{
    public UnavailableReason Reason { get; } = reason;

    /// <summary>How long to wait, never zero: what GitHub asked for, or our own guess where it said nothing.</summary>
    public TimeSpan RetryAfter { get; } = retryAfter;

    /// <summary>The request may have been carried out although no answer came: look before repeating a write.</summary>
    public bool MayHaveHappened => Reason is UnavailableReason.ServerError or UnavailableReason.Network;
}
