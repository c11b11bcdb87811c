using Barcelona.GitOps.Storage.Work;
using Microsoft.Extensions.Options;

namespace Barcelona.GitOps.Reconciliation;

/// <summary>
/// Keeps the pump going: at once when a delivery came in, else by time. Hangfire's Enqueue is synchronous, so it is called only here.
/// </summary>
internal sealed partial class WorkLoop(
    WorkPump pump, Lanes lanes, WorkSignal signal, IOptions<WorkerOptions> options, TimeProvider clock, ILogger<WorkLoop> logger) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250), AfterTrouble = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Enabled)
        {
            return;
        }

        await Task.Yield();
        await lanes.ForgetQueuedAsync(stoppingToken);
        await lanes.WantAsync(LaneKinds.Sweep, "github", clock.GetUtcNow(), within: null, stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            if (!await StepAsync(stoppingToken))
            {
                await signal.WaitAsync(Tick, stoppingToken);
            }
        }
    }

    private async Task<bool> StepAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await pump.StepAsync(cancellationToken);
        }
        catch (Exception trouble) when (!cancellationToken.IsCancellationRequested)
        {
            // The host's catch: a database that is away for a minute must not end the loop.
            LogTrouble(trouble);
            await Task.Delay(AfterTrouble, clock, cancellationToken);
            return false;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    [LoggerMessage(LogLevel.Error, "The work loop stumbled and goes on")]
    private partial void LogTrouble(Exception exception);
}
