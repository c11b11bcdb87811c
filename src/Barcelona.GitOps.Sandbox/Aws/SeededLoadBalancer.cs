namespace Barcelona.GitOps.Sandbox.Aws;

/// <summary>What a district file with an existing endpoint names.</summary>
public sealed record SeededLoadBalancer
{
    public required string Arn { get; init; }

    public required string DnsName { get; init; }

    public required string VpcId { get; init; }

    public string? HttpListenerArn { get; init; }

    public string? HttpsListenerArn { get; init; }
}
