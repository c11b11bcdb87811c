using Barcelona.GitOps.Reconciliation.Intake;
using Barcelona.GitOps.Storage.Work;

namespace Barcelona.GitOps.Reconciliation;

/// <summary>Moves work along: new deliveries into lanes, due lanes to workers. One step, so that tests can drive it.</summary>
public sealed class WorkPump(DeliveryProcessor deliveries, Lanes lanes, IJobQueue jobs, TimeProvider clock)
{
    private const int LanesPerStep = 200;

    /// <summary>A queued job that nobody has started after this long is taken for lost and queued again.</summary>
    private static readonly TimeSpan QueuedFor = TimeSpan.FromSeconds(60);

    private const int MostBatches = 20;

    /// <returns>True when there may be more to do at once.</returns>
    public async Task<bool> StepAsync(CancellationToken cancellationToken)
    {
        var handled = await DrainAsync(cancellationToken);
        var due = await lanes.TakeDueAsync(LanesPerStep, clock.GetUtcNow(), QueuedFor, cancellationToken);
        foreach (var lane in due)
        {
            jobs.Enqueue(lane);
        }

        return handled > 0 || due.Count == LanesPerStep;
    }

    /// <summary>
    /// First what has come in, then what it asks for: the pushes of a storm are looked at once for each ref and not once for each batch. The lanes
    /// have their turn also while a storm does not end.
    /// </summary>
    private async Task<int> DrainAsync(CancellationToken cancellationToken)
    {
        var handled = 0;
        for (var batch = 0; batch < MostBatches; batch++)
        {
            var count = await deliveries.ProcessNewAsync(cancellationToken);
            handled += count;
            if (count < DeliveryProcessor.FullBatch)
            {
                break;
            }
        }

        return handled;
    }
}
