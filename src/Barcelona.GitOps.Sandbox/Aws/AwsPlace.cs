namespace Barcelona.GitOps.Sandbox.Aws;

/// <summary>An account and a region: nothing is shared between two of them.</summary>
internal sealed record AwsPlace(string AccountId, string Region);
