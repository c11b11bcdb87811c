namespace Barcelona.GitOps.Sandbox.Aws.Secrets;

internal sealed class SecretVersion(string id, DateTimeOffset createdAt)
{
    public string Id { get; } = id;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public string? Text { get; init; }

    /// <summary>Base64.</summary>
    public string? Binary { get; init; }

    /// <summary>AWSCURRENT, AWSPREVIOUS, AWSPENDING or the user's own.</summary>
    public HashSet<string> Stages { get; } = [];
}
