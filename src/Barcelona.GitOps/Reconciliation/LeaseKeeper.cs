using Barcelona.GitOps.Storage.Work;

namespace Barcelona.GitOps.Reconciliation;

/// <summary>Renews a lease while its holder works, and cancels the holder when it is lost: two never write one target.</summary>
internal sealed partial class LeaseKeeper : IAsyncDisposable
{
    private readonly CancellationTokenSource _lost;
    private readonly CancellationTokenSource _stop = new();
    private readonly PeriodicTimer _timer;
    private readonly Task _renewing;

    public LeaseKeeper(Lanes lanes, Lease lease, TimeSpan duration, LeaseKeeperContext context)
    {
        _lost = CancellationTokenSource.CreateLinkedTokenSource(context.Stopping);
        _timer = new PeriodicTimer(duration / 3, context.Clock);
        _renewing = RenewAsync(lanes, lease, duration, context);
    }

    /// <summary>Cancelled when the lease is lost or the process stops.</summary>
    public CancellationToken Token => _lost.Token;

    public async ValueTask DisposeAsync()
    {
        // Ends the wait without an exception, of which each pass would throw one; a renewal that is under way is cancelled.
        _timer.Dispose();
        await _stop.CancelAsync();
        await _renewing;
        _stop.Dispose();
        _lost.Dispose();
    }

    private async Task RenewAsync(Lanes lanes, Lease lease, TimeSpan duration, LeaseKeeperContext context)
    {
        try
        {
            while (await _timer.WaitForNextTickAsync(CancellationToken.None))
            {
                // One that gets no answer would hold on to a lease that has run out.
                if (!await lanes.RenewAsync(lease, duration, _stop.Token).WaitAsync(duration / 3, context.Clock, _stop.Token))
                {
                    LogLost(context.Logger, lease.Kind, lease.Key);
                    await _lost.CancelAsync();
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The work is done.
        }
        catch (Exception trouble) when (trouble is System.Data.Common.DbException or TimeoutException or System.Net.Sockets.SocketException)
        {
            // Who cannot renew must not go on writing: somebody else takes over when the lease has run out.
            LogCannotRenew(context.Logger, trouble, lease.Kind, lease.Key);
            await _lost.CancelAsync();
        }
    }

    [LoggerMessage(LogLevel.Warning, "The lease of {Kind} {Key} went to somebody else: this pass stops")]
    private static partial void LogLost(ILogger logger, string kind, string key);

    [LoggerMessage(LogLevel.Warning, "The lease of {Kind} {Key} could not be renewed: this pass stops")]
    private static partial void LogCannotRenew(ILogger logger, Exception exception, string kind, string key);
}

/// <param name="Stopping">The process or the job is to stop.</param>
internal sealed record LeaseKeeperContext(TimeProvider Clock, ILogger Logger, CancellationToken Stopping);
