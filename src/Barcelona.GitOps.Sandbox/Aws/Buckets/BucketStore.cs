namespace Barcelona.GitOps.Sandbox.Aws.Buckets;

/// <summary>Objects by bucket and key. Names of buckets are global: one store serves all accounts and regions.</summary>
internal sealed class BucketStore
{
    private readonly Dictionary<string, Dictionary<string, string>> _buckets = [];

    public bool Exists(string bucket) => _buckets.ContainsKey(bucket);

    public void Create(string bucket) => _buckets.TryAdd(bucket, []);

    public void Put(string bucket, string key, string body) => _buckets[bucket][key] = body;

    public string? Get(string bucket, string key) => _buckets.GetValueOrDefault(bucket)?.GetValueOrDefault(key);

    public bool Remove(string bucket, string key) => _buckets.GetValueOrDefault(bucket)?.Remove(key) == true;

    /// <summary>An object by its address, path-style or with the bucket in the host name.</summary>
    public string? Fetch(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address)) return null;
        var path = Uri.UnescapeDataString(address.AbsolutePath.TrimStart('/'));
        var host = address.Host.Split('.')[0];
        if (_buckets.TryGetValue(host, out var named)) return named.GetValueOrDefault(path);
        var parts = path.Split('/', 2);
        return parts.Length == 2 ? Get(parts[0], parts[1]) : null;
    }
}
