namespace Barcelona.GitOps.Storage.Deliveries;

/// <summary>A webhook as GitHub sent it, its signature checked.</summary>
/// <param name="Id">GitHub's delivery id; a redelivery has the same one.</param>
/// <param name="Event">The kind of event, as in the X-GitHub-Event header.</param>
/// <param name="Body">JSON in UTF-8. Only read until the call that takes it returns a task.</param>
public sealed record Delivery(string Id, string Event, ReadOnlyMemory<byte> Body, DateTimeOffset ReceivedAt);
