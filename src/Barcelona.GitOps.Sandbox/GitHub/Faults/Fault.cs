namespace Barcelona.GitOps.Sandbox.GitHub.Faults;

/// <summary>What goes wrong with a request.</summary>
public abstract record Fault
{
    private Fault()
    {
    }

    /// <summary>Answers with this status, such as 500, 502 or 503, and does nothing.</summary>
    public sealed record Status(int Code) : Fault;

    /// <summary>The hour's requests are used up: 403, or 429, until the reset.</summary>
    public sealed record PrimaryRateLimit(TimeSpan ResetAfter, int Code = 403) : Fault;

    /// <summary>Too much at once: 403, or 429, with Retry-After.</summary>
    public sealed record SecondaryRateLimit(TimeSpan RetryAfter, int Code = 403) : Fault;

    /// <summary>Never answers; the caller has to give up. Nothing is done.</summary>
    public sealed record TimeOut : Fault;

    /// <summary>Does what was asked and drops the connection before the answer.</summary>
    public sealed record LostResponse : Fault;
}
