using Barcelona.GitOps.Reconciliation.Notifications;
using Barcelona.GitOps.Storage.Deliveries;
using Barcelona.GitOps.Storage.History;
using Barcelona.GitOps.Storage.Refs;
using Barcelona.GitOps.Storage.Work;

namespace Barcelona.GitOps.Reconciliation.Sweeping;

/// <summary>Wakes runs whose lane lost its wish, and forgets what nobody asks for any more.</summary>
public sealed class Housekeeping(
    Runs runs, ReleaseHistory releases, RunRequests requests, Approvals approvals, Lanes lanes, NoticeQueue notices, RefEvents events,
    DeliveryLog deliveries, TimeProvider clock)
{
    private const int MostAtOnce = 1_000, ReleasesKept = 100;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30), HistoryKept = TimeSpan.FromDays(400);

    // What is forgotten is counted in days.
    private static readonly TimeSpan BetweenTrims = TimeSpan.FromHours(1);

    private DateTimeOffset _trimmedAt = DateTimeOffset.MinValue;

    public async Task DoAsync(CancellationToken cancellationToken)
    {
        // A restored database, a mended fault: whatever GitHub has not heard the end of is looked at again.
        var now = clock.GetUtcNow();
        var unfinished = await runs.UnreportedAsync(MostAtOnce, cancellationToken);
        await lanes.WantManyAsync(unfinished.Select(r => LaneKeys.OfRun(r, now)), within: null, cancellationToken);
        await notices.WakeAllAsync(cancellationToken);
        if (now - _trimmedAt >= BetweenTrims)
        {
            await TrimAsync(now, cancellationToken);
            _trimmedAt = now;
        }
    }

    private async Task TrimAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await deliveries.TrimAsync(now - Kept, cancellationToken);
        await events.TrimAsync(now - Kept, cancellationToken);
        await lanes.TrimAsync(now - Kept, cancellationToken);
        await requests.TrimAsync(now - Kept, cancellationToken);
        await approvals.TrimAsync(now - Kept, cancellationToken);
        await runs.TrimAsync(now - HistoryKept, cancellationToken);
        await releases.TrimAsync(ReleasesKept, cancellationToken);
    }
}
