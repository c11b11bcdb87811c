namespace Barcelona.GitOps.Sandbox.GitHub.Webhooks;

/// <summary>One attempt to hand an event over. A redelivery is a new record with the guid of the first.</summary>
public sealed record WebhookDelivery
{
    public required long Id { get; init; }
    public required Guid EventGuid { get; init; }
    public required string Event { get; init; }
    public required string? Action { get; init; }
    public required long? InstallationId { get; init; }
    public required long? RepositoryId { get; init; }
    public required DateTimeOffset DeliveredAt { get; init; }
    public required string Payload { get; init; }
    public bool Redelivery { get; init; }
    public Uri? Url { get; init; }
    public TimeSpan Duration { get; init; }

    /// <summary>`OK`, or in words why not.</summary>
    public string Status { get; init; } = "";

    /// <summary>The receiver's answer; 502 where there was none to be had, 504 where it took too long.</summary>
    public int StatusCode { get; init; }
    public IReadOnlyDictionary<string, string> RequestHeaders { get; init; } = new Dictionary<string, string>();
    public IReadOnlyDictionary<string, string> ResponseHeaders { get; init; } = new Dictionary<string, string>();
    public string ResponseBody { get; init; } = "";

    public bool Succeeded => StatusCode is >= 200 and < 300;
}
