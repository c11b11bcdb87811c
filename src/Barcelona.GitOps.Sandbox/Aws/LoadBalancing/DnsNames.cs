namespace Barcelona.GitOps.Sandbox.Aws.LoadBalancing;

/// <summary>The public names of load balancers.</summary>
internal static class DnsNames
{
    public static string Of(AwsRegion region, string balancer) =>
        $"{balancer}-{Random.Shared.Next(100_000_000, 2_000_000_000)}.{region.Name}.elb.amazonaws.com";
}
