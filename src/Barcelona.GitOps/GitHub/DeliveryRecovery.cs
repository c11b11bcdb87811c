using System.Collections.Immutable;
using Barcelona.GitOps.GitHub.Http;

namespace Barcelona.GitOps.GitHub;

/// <summary>
/// Asks GitHub to send again what it could not hand over: GitHub itself never tries twice
/// (https://docs.github.com/webhooks/using-webhooks/handling-failed-webhook-deliveries).
/// </summary>
public sealed class DeliveryRecovery
{
    // GitHub forgets deliveries after three days, and one that keeps failing is asked for ever more rarely.
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(3), FirstPause = TimeSpan.FromMinutes(4), LongestPause = TimeSpan.FromHours(6);

    private readonly GitHubApi _app;
    private readonly TimeProvider _time;

    internal DeliveryRecovery(GitHubApi app, TimeProvider time) => (_app, _time) = (app, time);

    /// <summary>
    /// Looks at the deliveries since then and has those sent again of which no attempt succeeded. Returns their guids, oldest first:
    /// they come back under the same id, so that one which did arrive after all is a duplicate and does no harm.
    /// </summary>
    public async Task<ImmutableArray<string>> RecoverAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        var asked = ImmutableArray.CreateBuilder<string>();
        foreach (var lost in await LostAsync(since, cancellationToken))
        {
            try
            {
                await _app.PostAsync($"app/hook/deliveries/{lost.Id}/attempts", cancellationToken);
                asked.Add(lost.Guid);
            }
            catch (GitHubRefusedException)
            {
                // Too old, or forgotten between listing and asking. The comparison of refs makes up for what it said.
            }
        }

        return asked.ToImmutable();
    }

    private async Task<IReadOnlyList<Delivery>> LostAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        var from = since > now - Remembered ? since : now - Remembered;
        var attempts = new List<Delivery>();
        await foreach (var page in _app.PagesAsync<List<Delivery>>("app/hook/deliveries?per_page=100", cancellationToken))
        {
            attempts.AddRange(page.Where(d => d.DeliveredAt >= from));
            if (page.Count == 0 || page[^1].DeliveredAt < from)
            {
                // Newest first: the rest is older still.
                break;
            }
        }

        return
        [
            .. attempts.GroupBy(d => d.Guid, StringComparer.Ordinal)
                .Where(guid => !guid.Any(d => d.Succeeded) && IsDue([.. guid], now))
                .Select(guid => guid.MaxBy(d => d.DeliveredAt))
                .OfType<Delivery>()
                .OrderBy(d => d.DeliveredAt),
        ];
    }

    private static bool IsDue(IReadOnlyCollection<Delivery> attempts, DateTimeOffset now)
    {
        if (attempts.Count == 1)
        {
            return true;
        }

        var pause = FirstPause * Math.Pow(2, Math.Min(attempts.Count - 2, 10));
        return now - attempts.Max(d => d.DeliveredAt) >= (pause < LongestPause ? pause : LongestPause);
    }

    // The id is beyond what a double holds exactly; the status code is 0 where no connection came about.
    private sealed record Delivery(long Id, string Guid, DateTimeOffset DeliveredAt, int StatusCode)
    {
        public bool Succeeded => StatusCode is >= 200 and < 300;
    }
}
