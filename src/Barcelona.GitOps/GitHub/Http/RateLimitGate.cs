using System.Collections.Concurrent;
using Octokit;

namespace Barcelona.GitOps.GitHub.Http;

/// <summary>
/// Remembers who was told to wait. GitHub counts requests made in spite of a limit against the App, and may ban it
/// (https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api), so that they are not even sent.
/// </summary>
internal sealed class RateLimitGate(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, (DateTimeOffset Until, UnavailableReason Reason)> _closed = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, RateLimit> _budgets = new(StringComparer.Ordinal);

    /// <param name="identity">Whose budget it is: the App's own, or one installation's.</param>
    /// <exception cref="GitHubUnavailableException">The limit that was met earlier still holds.</exception>
    public void Enter(string identity)
    {
        if (!_closed.TryGetValue(identity, out var limit))
        {
            return;
        }

        var left = limit.Until - time.GetUtcNow();
        if (left > TimeSpan.Zero)
        {
            throw new GitHubUnavailableException(limit.Reason, left, $"GitHub's rate limit holds for another {left.TotalSeconds:F0} s.");
        }

        _closed.TryRemove(new(identity, limit));
    }

    /// <summary>What an answer said of the hour's budget. A limit of 0: it said nothing.</summary>
    public void Note(string identity, RateLimit budget)
    {
        if (budget.Limit > 0)
        {
            _budgets[identity] = budget;
        }
    }

    /// <summary>Less than half of the hour's budget is left, as far as the last answer knew.</summary>
    public bool IsScarce(string identity) =>
        _budgets.TryGetValue(identity, out var budget) && budget.Remaining * 2 < budget.Limit && time.GetUtcNow() < budget.Reset;

    public void Note(string identity, GitHubUnavailableException error)
    {
        if (error.Reason is UnavailableReason.RateLimit or UnavailableReason.SecondaryRateLimit)
        {
            _closed[identity] = (time.GetUtcNow() + error.RetryAfter, error.Reason);
        }
    }
}
