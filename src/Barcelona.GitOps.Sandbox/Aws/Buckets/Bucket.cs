namespace Barcelona.GitOps.Sandbox.Aws.Buckets;

internal sealed class Bucket(string name, AwsPlace place)
{
    public string Name { get; } = name;

    /// <summary>Its owner and its region.</summary>
    public AwsPlace Place { get; } = place;

    public Dictionary<string, string> Objects { get; } = [];

    /// <summary>Bodies of <c>PUT /bucket?encryption</c> and the like, by the operation's name behind PutBucket; a policy is JSON.</summary>
    public Dictionary<string, string> Settings { get; } = [];

    public string? Policy => Settings.GetValueOrDefault(nameof(Policy));
}
