using Barcelona.GitOps.Sandbox.Aws;

namespace Barcelona.GitOps.Tests.Scenarios;

/// <summary>The platform folder of a stage: one district, <c>default</c>, whose network, cluster and load balancer exist already.</summary>
public sealed class StageDistrict
{
    private readonly string _file;

    internal StageDistrict(SandboxAws aws, string folder)
    {
        _file = Path.Combine(folder, "platform", "districts", "default.yml");
        var vpc = aws.CreateVpc();
        var balancer = aws.SeedLoadBalancer("demo-endpoint", https: true, vpcId: vpc.VpcId);
        aws.SeedCluster("default");
        Text = $"""
            region: ap-northeast-1
            account: "123456789012"
            repositories: ["acme/*"]
            network:
              existing:
                vpc_id: {vpc.VpcId}
                public_subnets: [{string.Join(", ", vpc.PublicSubnets)}]
                private_subnets: [{string.Join(", ", vpc.PrivateSubnets)}]
                security_group: {vpc.SecurityGroup}
            cluster:
              existing: default
            capacity: ec2
            bucket:
              existing: acme-barcelona
            endpoints:
              demo-endpoint:
                existing:
                  http_listener_arn: "{balancer.HttpListenerArn}"
                  https_listener_arn: "{balancer.HttpsListenerArn}"
                  dns_name: {balancer.DnsName}

            """;
    }

    public string Text { get; private set; }

    public void Write(Func<string, string>? change = null)
    {
        Text = change?.Invoke(Text) ?? Text;
        Directory.CreateDirectory(Path.GetDirectoryName(_file) ?? ".");
        File.WriteAllText(_file, Text);
    }
}
