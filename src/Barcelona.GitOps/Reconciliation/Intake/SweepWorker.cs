using Barcelona.GitOps.GitHub;
using Barcelona.GitOps.GitHub.Http;
using Barcelona.GitOps.Reconciliation.Notifications;
using Barcelona.GitOps.Reconciliation.Platform;
using Barcelona.GitOps.Storage.Deliveries;
using Barcelona.GitOps.Storage.History;
using Barcelona.GitOps.Storage.Refs;
using Barcelona.GitOps.Storage.Work;
using Microsoft.Extensions.Options;

namespace Barcelona.GitOps.Reconciliation.Intake;

/// <summary>
/// Makes up for what no delivery told: failed deliveries are asked for again, and the heads of branches and tags are compared with what was
/// last looked at. At start and every five minutes.
/// </summary>
public sealed partial class SweepWorker(
    AppClient app, AppIdentity identity, DeliveryRecovery recovery, InstalledRepositories installed, PlatformRepository platform, MissedRefs missed,
    Housekeeping housekeeping, IOptions<WorkerOptions> options, TimeProvider clock, ILogger<SweepWorker> logger) : ILaneWorker
{
    /// <summary>GitHub keeps deliveries for redelivery for three days.</summary>
    private static readonly TimeSpan Redeliverable = TimeSpan.FromDays(3);

    public string Kind => LaneKinds.Sweep;

    public async Task<LaneResult> WorkAsync(Lease lease, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        try
        {
            if (identity.Login.Length == 0)
            {
                // What we cause ourselves is told by the sender's name.
                await app.DescribeAsync(cancellationToken);
            }

            var asked = await recovery.RecoverAsync(now - Redeliverable, cancellationToken);
            await installed.NoteAsync(cancellationToken);
            await platform.NoteAsync(cancellationToken);
            var found = await missed.FindAsync(cancellationToken);
            LogSwept(asked.Length, found);
        }
        catch (GitHubUnavailableException away)
        {
            // The next sweep is minutes away and makes up for this one.
            LogAway(away.Message);
        }

        await housekeeping.DoAsync(cancellationToken);
        return new LaneResult.Again(now + TimeSpan.FromSeconds(options.Value.SweepSeconds), lease.WantedSeen);
    }

    public Task NoteTroubleAsync(Lease lease, string trouble, CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Information, "Sweep: {Redelivered} deliveries asked for again, {Found} refs that no delivery told of")]
    private partial void LogSwept(int redelivered, int found);

    [LoggerMessage(LogLevel.Warning, "Sweep: GitHub is away ({Reason})")]
    private partial void LogAway(string reason);
}

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
