using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.Ecs.Api;
using Barcelona.GitOps.Sandbox.Aws.LoadBalancing;
using Barcelona.GitOps.Sandbox.Aws.Secrets;

namespace Barcelona.GitOps.Sandbox.Aws;

/// <summary>What is already there before the product comes: in the account and region of the options.</summary>
public sealed partial class SandboxAws
{
    /// <summary>A role that is only given to whoever says this external id.</summary>
    public void RequireExternalId(string roleArn, string externalId)
    {
        lock (_lock) _surroundings.Sessions.RequireExternalId(roleArn, externalId);
    }

    /// <summary>A VPC with two public and two private subnets. Nothing here checks that an id exists, so they are only names.</summary>
    public SeededNetwork CreateVpc() => new()
    {
        VpcId = Id("vpc"),
        PublicSubnets = [Id("subnet"), Id("subnet")],
        PrivateSubnets = [Id("subnet"), Id("subnet")],
        SecurityGroup = Id("sg"),
    };

    public SeededLoadBalancer SeedLoadBalancer(string name, bool http = true, bool https = false) => Seed(region =>
    {
        var arn = region.Arn("elasticloadbalancing", $"loadbalancer/app/{name}/{Identifiers.Hex(16)}");
        var balancer = new Balancer(name, arn)
        {
            DnsName = DnsNames.Of(region, name),
            VpcId = "vpc-sandbox",
            CreatedAt = region.Now,
        };
        region.Balancers.Balancers.Add(balancer);
        return new SeededLoadBalancer
        {
            Arn = arn,
            DnsName = balancer.DnsName,
            HttpListenerArn = http ? SeedListener(region, balancer, "HTTP", 80) : null,
            HttpsListenerArn = https ? SeedListener(region, balancer, "HTTPS", 443) : null,
        };
    });

    /// <summary>A cluster with so many EC2 instances; a task fits on one always.</summary>
    public string SeedCluster(string name, int instances = 2) => Seed(region =>
    {
        var cluster = ClusterOperations.Create(region, name);
        for (var i = 0; i < instances; i++) cluster.Instances.Add(region.Arn("ecs", $"container-instance/{name}/{Identifiers.Hex(32)}"));
        return cluster.Arn;
    });

    /// <summary>Returns the full ARN.</summary>
    public string SeedSecret(string name, string value) => Seed(region =>
    {
        var secret = region.Secrets.Find(name) ?? region.Secrets.Create(region, name);
        SecretStore.Put(secret, new SecretVersion(Guid.NewGuid().ToString(), region.Now) { Text = value }, []);
        return secret.Arn;
    });

    public void SeedParameter(string name, string value, string type = "SecureString") =>
        Seed(region => region.Parameters.Put(name, type, value, region.Now));

    /// <summary>A hosted zone's id; what a stack puts into it is not looked at.</summary>
    public string SeedHostedZone() => "Z0" + Identifiers.Suffix(19);

    public void SeedBucket(string name)
    {
        lock (_lock) _surroundings.Buckets.Create(name);
    }

    private static string Id(string prefix) => $"{prefix}-0{Identifiers.Hex(16)}";

    private static string SeedListener(AwsRegion region, Balancer balancer, string protocol, int port)
    {
        var arn = $"{balancer.Arn.Replace(":loadbalancer/", ":listener/", StringComparison.Ordinal)}/{Identifiers.Hex(16)}";
        region.Balancers.Listeners.Add(new Listener(arn, balancer.Arn)
        {
            Properties = new JsonObject
            {
                ["Protocol"] = protocol,
                ["Port"] = port,
                ["DefaultActions"] = new JsonArray(new JsonObject
                {
                    ["Type"] = "fixed-response",
                    ["FixedResponseConfig"] = new JsonObject { ["StatusCode"] = "404", ["ContentType"] = "text/plain" },
                }),
            },
        });
        return arn;
    }

    private T Seed<T>(Func<AwsRegion, T> seed)
    {
        lock (_lock)
        {
            _surroundings.Timeline.Advance();
            return seed(Region(new AwsPlace(_options.AccountId, _options.Region)));
        }
    }
}
