using Barcelona.GitOps.Sandbox.Aws;

namespace Barcelona.GitOps.Bench.Servers;

/// <summary>A network, a cluster and a load balancer that are there already, and the district file that names them.</summary>
internal static class SeededDistrict
{
    private const string Region = "ap-northeast-1";

    private const string Account = "123456789012";

    public static async Task WriteAsync(SandboxAws aws, string platform, CancellationToken stop)
    {
        var network = aws.CreateVpc();
        var balancer = aws.SeedLoadBalancer("demo-endpoint", vpcId: network.VpcId);
        aws.SeedCluster("default");
        aws.SeedBucket("acme-barcelona");
        Directory.CreateDirectory(Path.Combine(platform, "districts"));
        await File.WriteAllTextAsync(Path.Combine(platform, "districts", "default.yml"), $$"""
            region: {{Region}}
            account: "{{Account}}"
            repositories:
              - acme/*
            capacity: ec2
            network:
              existing:
                vpc_id: {{network.VpcId}}
                public_subnets: [{{string.Join(", ", network.PublicSubnets)}}]
                private_subnets: [{{string.Join(", ", network.PrivateSubnets)}}]
                security_group: {{network.SecurityGroup}}
            cluster:
              existing: default
            bucket:
              existing: acme-barcelona
            endpoints:
              demo-endpoint:
                existing:
                  http_listener_arn: "{{balancer.HttpListenerArn}}"
                  dns_name: {{balancer.DnsName}}

            """, stop);
    }
}
