using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.Secrets;

/// <summary>Secrets of one account and region.</summary>
internal sealed class SecretStore
{
    private const string Current = "AWSCURRENT";

    private const string Previous = "AWSPREVIOUS";

    public List<StoredSecret> All { get; } = [];

    /// <summary>By name, ARN, or ARN without its random end.</summary>
    public StoredSecret? Find(string id) => All.Find(secret => secret.Name == id || secret.Arn == id || secret.Arn[..^7] == id);

    public StoredSecret Get(string? id) =>
        Find(id ?? "") ?? throw new AwsErrorException("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");

    public StoredSecret Create(AwsRegion region, string name)
    {
        if (Find(name) is { } known)
        {
            throw known.DeletedAt is null
                ? new AwsErrorException("ResourceExistsException", $"The operation failed because the secret {name} already exists.")
                : new AwsErrorException(
                    "InvalidRequestException", "You can't create this secret because a secret with this name is already scheduled for deletion.");
        }
        var secret = new StoredSecret(name, region.Arn("secretsmanager", $"secret:{name}-{Identifiers.Letters(6)}"), region.Now);
        All.Add(secret);
        return secret;
    }

    /// <summary>Adds a version and moves the stages to it; the same token with the same value is the same version.</summary>
    public static SecretVersion Put(StoredSecret secret, SecretVersion version, IReadOnlyList<string> stages)
    {
        if (secret.Versions.Find(known => known.Id == version.Id) is { } known)
        {
            return known.Text == version.Text && known.Binary == version.Binary
                ? known
                : throw new AwsErrorException("ResourceExistsException", "You can't use ClientRequestToken " + version.Id
                    + " because that value is already in use for a version of secret " + secret.Arn + ".");
        }
        secret.Versions.Add(version);
        foreach (var stage in stages.DefaultIfEmpty(Current)) Move(secret, stage, version);
        secret.ChangedAt = version.CreatedAt;
        return version;
    }

    public static void Move(StoredSecret secret, string stage, SecretVersion? to)
    {
        var before = secret.Staged(stage);
        before?.Stages.Remove(stage);
        to?.Stages.Add(stage);
        // Whatever loses AWSCURRENT becomes AWSPREVIOUS.
        if (stage == Current && before is not null && before != to)
        {
            secret.Staged(Previous)?.Stages.Remove(Previous);
            before.Stages.Add(Previous);
        }
    }
}
