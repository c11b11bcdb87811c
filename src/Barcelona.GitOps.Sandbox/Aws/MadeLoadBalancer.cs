namespace Barcelona.GitOps.Sandbox.Aws;

/// <summary>A load balancer that is there.</summary>
/// <param name="Scheme"><c>internet-facing</c> or <c>internal</c>.</param>
/// <param name="IsProtected">From deletion.</param>
public sealed record MadeLoadBalancer(string Name, string Scheme, bool IsProtected);
