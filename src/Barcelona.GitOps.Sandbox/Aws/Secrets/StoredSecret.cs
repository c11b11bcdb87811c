using System.Text.Json.Nodes;

namespace Barcelona.GitOps.Sandbox.Aws.Secrets;

internal sealed class StoredSecret(string name, string arn, DateTimeOffset createdAt)
{
    public string Name { get; } = name;

    /// <summary>Ends in a dash and six random characters.</summary>
    public string Arn { get; } = arn;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public DateTimeOffset ChangedAt { get; set; } = createdAt;

    /// <summary>Set while the secret waits for its deletion; its value cannot be read then.</summary>
    public DateTimeOffset? DeletedAt { get; set; }

    public string? Description { get; set; }

    public List<JsonObject> Tags { get; set; } = [];

    /// <summary>Oldest first.</summary>
    public List<SecretVersion> Versions { get; } = [];

    public SecretVersion? Staged(string stage) => Versions.Find(version => version.Stages.Contains(stage));
}
