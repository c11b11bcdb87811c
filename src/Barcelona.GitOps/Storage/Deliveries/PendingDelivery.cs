namespace Barcelona.GitOps.Storage.Deliveries;

/// <summary>A delivery on its way into the database, and the request that waits for it.</summary>
internal sealed class PendingDelivery(Delivery delivery)
{
    // Asynchronous: a request that goes on must not keep the committer from its next group.
    private readonly TaskCompletionSource<AppendResult> _committed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Id { get; } = delivery.Id;

    public string Event { get; } = delivery.Event;

    public byte[] StoredBody { get; } = BodyCodec.Encode(delivery.Body.Span);

    public DateTimeOffset ReceivedAt { get; } = delivery.ReceivedAt;

    public Task<AppendResult> Committed => _committed.Task;

    public void Complete(AppendResult result) => _committed.SetResult(result);

    public void Fail(Exception why) => _committed.SetException(why);
}
