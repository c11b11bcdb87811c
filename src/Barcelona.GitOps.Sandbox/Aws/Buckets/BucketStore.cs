using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.Buckets;

/// <summary>Buckets by name. Names are global: one store serves all accounts and regions.</summary>
internal sealed class BucketStore
{
    private readonly Dictionary<string, Bucket> _buckets = [];

    public Bucket? Find(string name) => _buckets.GetValueOrDefault(name);

    public Bucket Create(string name, AwsPlace place)
    {
        if (Find(name) is { } taken)
            throw taken.Place.AccountId == place.AccountId
                ? new AwsErrorException(
                    "BucketAlreadyOwnedByYou", "Your previous request to create the named bucket succeeded and you already own it.", 409)
                : new AwsErrorException("BucketAlreadyExists", "The requested bucket name is not available.", 409);
        return _buckets[name] = new Bucket(name, place);
    }

    public void Remove(string name) => _buckets.Remove(name);

    /// <summary>An object by its address, path-style or with the bucket in the host name.</summary>
    public string? Fetch(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address)) return null;
        var path = Uri.UnescapeDataString(address.AbsolutePath.TrimStart('/'));
        if (Find(address.Host.Split('.')[0]) is { } named) return named.Objects.GetValueOrDefault(path);
        var parts = path.Split('/', 2);
        return parts.Length == 2 ? Find(parts[0])?.Objects.GetValueOrDefault(parts[1]) : null;
    }
}
