using Barcelona.GitOps.Aws;
using Barcelona.GitOps.Git;
using Barcelona.GitOps.GitHub.Http;
using Barcelona.GitOps.Reconciliation.Running;
using Barcelona.GitOps.Storage.Work;
using Hangfire;
using Microsoft.Extensions.Options;

namespace Barcelona.GitOps.Reconciliation;

/// <summary>
/// One pass over one lane. Level-triggered: it reads what is wanted, moves a step, and says when to look again.
/// Running it twice, or for nothing, does no harm.
/// </summary>
public sealed partial class ReconcileJob(
    Lanes lanes, IEnumerable<ILaneWorker> workers, IOptions<WorkerOptions> options, TimeProvider clock, ILogger<ReconcileJob> logger)
{
    private static readonly Func<ILogger, string, string, IDisposable?> Scope = LoggerMessage.DefineScope<string, string>("{Kind} {Key}");
    private static readonly string Owner = $"{Environment.MachineName}:{Environment.ProcessId}";

    // Hangfire must not repeat a job by itself: the lane says when the next pass is due.
    [AutomaticRetry(Attempts = 0, LogEvents = false, OnAttemptsExceeded = AttemptsExceededAction.Delete)]
    public async Task RunAsync(long laneId, CancellationToken cancellationToken)
    {
        if (await lanes.TryLeaseAsync(laneId, Owner, options.Value.Lease, cancellationToken) is not { } lease)
        {
            LogTaken(laneId);
            return;
        }

        using var scope = Scope(logger, lease.Kind, lease.Key);
        LaneResult result = new LaneResult.Again(clock.GetUtcNow());
        try
        {
            await using var keeper = new LeaseKeeper(lanes, lease, options.Value.Lease, new(clock, logger, cancellationToken));
            result = await PassAsync(lease, keeper.Token);
        }
        finally
        {
            // Also when stopping: a lane that is not given back would wait until its lease has run out.
            await lanes.ReleaseAsync(lease, result, CancellationToken.None);
        }
    }

    private async Task<LaneResult> PassAsync(Lease lease, CancellationToken cancellationToken)
    {
        var worker = workers.Single(w => w.Kind == lease.Kind);
        try
        {
            return await worker.WorkAsync(lease, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            LogParked();
            return new LaneResult.Again(clock.GetUtcNow());
        }
        catch (LeaseLostException lost)
        {
            // Whoever has it now decides; if it is still ours, the run has ended under our hands, and the next pass sees it.
            LogLost(lost.Message);
            return new LaneResult.Again(clock.GetUtcNow());
        }
        catch (Exception trouble)
        {
            // One of the three places that catch everything: whatever went wrong is tried again until the run's own time is up.
            if (trouble is AwsUnavailableException or GitHubUnavailableException or GitUnavailableException)
            {
                // An everyday matter: whose fault it is stands in the message, and a stack would only bury it.
                LogAway(trouble.Message);
            }
            else
            {
                LogTrouble(trouble);
            }

            if (lease.Kind is LaneKinds.Ref or LaneKinds.Pull or LaneKinds.Commit && Patience.IsHopeless(trouble))
            {
                // The next event of the repository, should there ever be one, looks again.
                return new LaneResult.Done(lease.WantedSeen);
            }

            await worker.NoteTroubleAsync(lease, trouble.Message, CancellationToken.None);
            return new LaneResult.Again(clock.GetUtcNow() + Patience.For(trouble));
        }
    }

    [LoggerMessage(LogLevel.Debug, "Lane {LaneId} is somebody else's just now")]
    private partial void LogTaken(long laneId);

    [LoggerMessage(LogLevel.Information, "Parked: another worker goes on")]
    private partial void LogParked();

    [LoggerMessage(LogLevel.Warning, "The pass is given up: {Reason}")]
    private partial void LogLost(string reason);

    [LoggerMessage(LogLevel.Warning, "The pass is tried again: {Reason}")]
    private partial void LogAway(string reason);

    [LoggerMessage(LogLevel.Error, "The pass failed and is tried again")]
    private partial void LogTrouble(Exception exception);
}
