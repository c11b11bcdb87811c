namespace Barcelona.GitOps.Sandbox.Aws.Tokens;

/// <summary>One answer of AssumeRole.</summary>
public sealed record AssumedRole(string AccountId, string Arn, DateTimeOffset Expires)
{
    public required string RoleArn { get; init; }

    public string? ExternalId { get; init; }

    public IReadOnlyDictionary<string, string> SessionTags { get; init; } = new Dictionary<string, string>();
}
