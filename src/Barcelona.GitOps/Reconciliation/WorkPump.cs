using Barcelona.GitOps.Reconciliation.Intake;
using Barcelona.GitOps.Storage.Work;

namespace Barcelona.GitOps.Reconciliation;

/// <summary>Moves work along: new deliveries into lanes, due lanes to workers. One step, so that tests can drive it.</summary>
public sealed class WorkPump(DeliveryProcessor deliveries, Lanes lanes, IJobQueue jobs, TimeProvider clock)
{
    private const int LanesPerStep = 200;

    /// <summary>A queued job that nobody has started after this long is taken for lost and queued again.</summary>
    private static readonly TimeSpan QueuedFor = TimeSpan.FromSeconds(60);

    /// <returns>True when there may be more to do at once.</returns>
    public async Task<bool> StepAsync(CancellationToken cancellationToken)
    {
        var handled = await deliveries.ProcessNewAsync(cancellationToken);
        var due = await lanes.TakeDueAsync(LanesPerStep, clock.GetUtcNow(), QueuedFor, cancellationToken);
        foreach (var lane in due)
        {
            jobs.Enqueue(lane);
        }

        return handled > 0 || due.Count == LanesPerStep;
    }
}
