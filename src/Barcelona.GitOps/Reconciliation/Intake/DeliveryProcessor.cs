using Barcelona.GitOps.GitHub.Webhooks;
using Barcelona.GitOps.Storage.Deliveries;

namespace Barcelona.GitOps.Reconciliation.Intake;

/// <summary>Turns accepted deliveries into lanes that want looking at. Doing it twice for one delivery does no harm.</summary>
public sealed partial class DeliveryProcessor(
    DeliveryLog deliveries, WebhookTranslator translator, EventIntake intake, ILogger<DeliveryProcessor> logger)
{
    /// <summary>Fewer than so many: there are no more just now, or they are large.</summary>
    public const int FullBatch = 500;

    /// <returns>How many deliveries were handled.</returns>
    public async Task<int> ProcessNewAsync(CancellationToken cancellationToken)
    {
        var fresh = await deliveries.TakeNewAsync(FullBatch, cancellationToken: cancellationToken);
        if (fresh.Count == 0)
        {
            return 0;
        }

        var understood = new List<AcceptedEvent>(fresh.Count);
        foreach (var delivery in fresh)
        {
            switch (translator.Translate(delivery.Event, delivery.Body))
            {
                case Translation.Event(var happened):
                    understood.Add(new(delivery.Id, delivery.ReceivedAt, happened));
                    break;
                case Translation.Ignored(var reason):
                    LogIgnored(delivery.Id, delivery.Event, reason);
                    break;
            }
        }

        // First the lanes, then the mark: a crash in between repeats the batch, and repeating it changes nothing.
        await intake.AcceptAsync(understood, cancellationToken);
        await deliveries.MarkHandledAsync([.. fresh.Select(d => d.Id)], "handled", cancellationToken: cancellationToken);
        return fresh.Count;
    }

    [LoggerMessage(LogLevel.Information, "Delivery {DeliveryId} ({Event}) is not acted on: {Reason}")]
    private partial void LogIgnored(string deliveryId, string @event, string reason);
}
