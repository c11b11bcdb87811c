namespace Barcelona.GitOps.Sandbox.Aws;

/// <summary>A load balancer that is there.</summary>
/// <param name="Scheme"><c>internet-facing</c> or <c>internal</c>.</param>
/// <param name="IsProtected">From deletion.</param>
public sealed record MadeLoadBalancer(string Name, string Scheme, bool IsProtected)
{
    /// <summary><c>application</c> or <c>network</c>.</summary>
    public string Type { get; init; } = "application";

    public string DnsName { get; init; } = "";

    /// <summary>Of its listeners, with their protocols: <c>TCP 5222</c>.</summary>
    public IReadOnlyList<string> Ports { get; init; } = [];
}
