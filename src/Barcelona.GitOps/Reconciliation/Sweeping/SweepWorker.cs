using Barcelona.GitOps.GitHub;
using Barcelona.GitOps.GitHub.Http;
using Barcelona.GitOps.Reconciliation.Platform;
using Barcelona.GitOps.Storage.Work;
using Microsoft.Extensions.Options;

namespace Barcelona.GitOps.Reconciliation.Sweeping;

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
