namespace Barcelona.GitOps.Sandbox.Aws.Inventory;

/// <summary>What exists in one region of an account. IAM and Route 53 have no regions: theirs is the account's.</summary>
internal sealed class ResourceInventory(List<KnownResource> ofAccount)
{
    private readonly List<KnownResource> _ofRegion = [];

    /// <summary>Also what is still being made.</summary>
    public IEnumerable<KnownResource> All => _ofRegion.Concat(ofAccount);

    public IEnumerable<KnownResource> OfType(string type) => Of(type).Where(resource => resource.Type == type);

    /// <summary>By anything that names it, once it is complete.</summary>
    public KnownResource? Find(string type, string name) => OfType(type).FirstOrDefault(resource => resource.IsReady && resource.Answers(name));

    public KnownResource? Find(string type, string id, string owner) =>
        OfType(type).FirstOrDefault(resource => resource.Id == id && resource.Owner == owner);

    public void Add(KnownResource resource) => Of(resource.Type).Add(resource);

    public void Remove(KnownResource resource) => Of(resource.Type).Remove(resource);

    private List<KnownResource> Of(string type) =>
        type.StartsWith("AWS::IAM::", StringComparison.Ordinal) || type.StartsWith("AWS::Route53::", StringComparison.Ordinal)
            ? ofAccount
            : _ofRegion;
}
