namespace Barcelona.GitOps.Sandbox.Aws;

/// <summary>The ids that a district file with an existing network names.</summary>
public sealed record SeededNetwork
{
    public required string VpcId { get; init; }

    public required IReadOnlyList<string> PublicSubnets { get; init; }

    public required IReadOnlyList<string> PrivateSubnets { get; init; }

    public required string SecurityGroup { get; init; }
}
