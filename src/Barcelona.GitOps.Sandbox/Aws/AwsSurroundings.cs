using Barcelona.GitOps.Sandbox.Aws.Buckets;
using Barcelona.GitOps.Sandbox.Aws.Faults;
using Barcelona.GitOps.Sandbox.Aws.Images;
using Barcelona.GitOps.Sandbox.Aws.Inventory;
using Barcelona.GitOps.Sandbox.Aws.Tokens;

namespace Barcelona.GitOps.Sandbox.Aws;

/// <summary>What all accounts and regions of one sandbox have in common.</summary>
internal sealed record AwsSurroundings
{
    private readonly Dictionary<string, List<KnownResource>> _inventories = [];

    public required Timeline Timeline { get; init; }

    public required SandboxTimings Timings { get; init; }

    public required FaultRules Faults { get; init; }

    public required ImageBehaviours Images { get; init; }

    public SessionStore Sessions { get; } = new();

    public BucketStore Buckets { get; } = new();

    /// <summary>What an account has beside its regions.</summary>
    public List<KnownResource> InventoryOf(string accountId)
    {
        if (!_inventories.TryGetValue(accountId, out var inventory)) _inventories[accountId] = inventory = [];
        return inventory;
    }
}
