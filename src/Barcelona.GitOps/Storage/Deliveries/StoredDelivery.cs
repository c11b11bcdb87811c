namespace Barcelona.GitOps.Storage.Deliveries;

/// <summary>A delivery that was acknowledged and waits to be handled.</summary>
/// <param name="Body">JSON in UTF-8, byte for byte as it came.</param>
public sealed record StoredDelivery(string Id, string Event, byte[] Body, DateTimeOffset ReceivedAt);
