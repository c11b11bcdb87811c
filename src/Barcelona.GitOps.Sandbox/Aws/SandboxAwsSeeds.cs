using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.Ecs.Api;
using Barcelona.GitOps.Sandbox.Aws.Ecs.Tasks;
using Barcelona.GitOps.Sandbox.Aws.Inventory;
using Barcelona.GitOps.Sandbox.Aws.LoadBalancing;
using Barcelona.GitOps.Sandbox.Aws.Scaling;
using Barcelona.GitOps.Sandbox.Aws.Schedules;
using Barcelona.GitOps.Sandbox.Aws.Secrets;
using Barcelona.GitOps.Sandbox.Aws.Tokens;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws;

/// <summary>What is already there before the product comes: in the account and region of the options.</summary>
public sealed partial class SandboxAws
{
    /// <summary>A role that is only given to whoever says this external id.</summary>
    public void RequireExternalId(string roleArn, string externalId)
    {
        lock (_lock) _surroundings.Sessions.RequireExternalId(roleArn, externalId);
    }

    /// <summary>A VPC with an internet gateway, two public and two private subnets in two zones, and a security group.</summary>
    public SeededNetwork CreateVpc() => Seed(NetworkSeeds.Create);

    /// <summary>A newer image behind one of AWS's public parameters, in the region of the options.</summary>
    public void PublishImage(string parameter, string imageId) => Seed(region =>
    {
        region.MachineImages.Publish(parameter, imageId);
        return imageId;
    });

    /// <summary>An image of somebody's own.</summary>
    public void SeedImage(string imageId, string architecture = "x86_64") => Seed(region =>
    {
        region.MachineImages.Add(imageId, architecture);
        return imageId;
    });

    /// <summary>An issued certificate; returns its ARN.</summary>
    public string SeedCertificate(string domain) => Seed(region =>
    {
        var arn = region.Arn("acm", $"certificate/{Guid.NewGuid()}");
        NetworkSeeds.Add(region, "AWS::CertificateManager::Certificate", arn, new JsonObject { ["DomainName"] = domain });
        return arn;
    });

    /// <summary>A policy that the account's owner has made by hand, such as a permissions boundary; returns its ARN.</summary>
    public string SeedManagedPolicy(string name, string path = "/") => Seed(region =>
    {
        var arn = $"arn:aws:iam::{region.AccountId}:policy{path}{name}";
        NetworkSeeds.Add(region, "AWS::IAM::ManagedPolicy", arn, []);
        return arn;
    });

    /// <summary>Attached by hand to a role that people sign in with; returns the role's name.</summary>
    public string AttachPolicy(string policyArn) => Seed(region => NetworkSeeds.Add(
        region, "AWS::IAM::Role", $"people-{Identifiers.Suffix(12)}", new JsonObject { ["ManagedPolicyArns"] = new JsonArray(policyArn) }));

    /// <summary>Of a role that was made by <see cref="AttachPolicy"/>.</summary>
    public void DetachPolicies(string role) => Seed(region =>
    {
        if (region.Inventory.Find("AWS::IAM::Role", role) is { } known) known.Properties = [];
        return role;
    });

    /// <summary>Whether there is a policy of that ARN.</summary>
    public bool HasPolicy(string policyArn) => Seed(region => region.Inventory.Find("AWS::IAM::ManagedPolicy", policyArn) is not null);

    /// <summary>As if CloudFormation had made every rule that there is before it began to tag them.</summary>
    public void UntagRules() => Seed(region =>
    {
        foreach (var rule in region.Balancers.Listeners.SelectMany(listener => listener.Rules)) rule.Tags = [];
        return region;
    });

    /// <summary>What AssumeRole has handed out so far.</summary>
    public IReadOnlyList<AssumedRole> AssumedRoles
    {
        get
        {
            lock (_lock) return [.. _surroundings.Sessions.All];
        }
    }

    /// <summary>When EventBridge Scheduler called its targets so far, in the region of the options.</summary>
    public IReadOnlyList<ScheduledStart> ScheduledStarts => Seed(region => region.Schedules.Starts.ToList());

    /// <summary>What it gave up on.</summary>
    public IReadOnlyList<DeadLetter> DeadLetters => Seed(region => region.Schedules.DeadLetters.ToList());

    /// <summary>Makes a CloudWatch alarm, or says what state it is in: OK, ALARM or INSUFFICIENT_DATA.</summary>
    public void SetAlarm(string name, string state) => Seed(region =>
    {
        region.Ecs.Alarms.Set(region, name, state);
        return name;
    });

    /// <summary>Services that Application Auto Scaling scales, in the region of the options.</summary>
    public IReadOnlyList<ScaledService> ScaledServices => Seed(region => region.Scaling.Targets.Values.Select(target =>
        new ScaledService(target.ResourceId, target.Min, target.Max, [.. target.Policies.Values])).ToList());

    /// <summary>What RunTask has started so far, in the region of the options; also what ECS no longer shows.</summary>
    public IReadOnlyList<OneOffTask> OneOffTasks => Seed(region =>
        region.Ecs.Clusters.Values.SelectMany(cluster => cluster.OneOffs).Select(OneOffTask.Of).ToList());

    /// <summary>The load balancers of all accounts and regions, as somebody with a console sees them.</summary>
    public IReadOnlyList<MadeLoadBalancer> LoadBalancers
    {
        get
        {
            lock (_lock)
            {
                _surroundings.Timeline.Advance();
                return
                [
                    .. _regions.Values.SelectMany(region => region.Balancers.Balancers.Select(balancer =>
                        new MadeLoadBalancer(balancer.Name, balancer.Scheme, balancer.IsProtected)
                        {
                            Type = balancer.Type,
                            DnsName = balancer.DnsName,
                            Ports = [.. region.Balancers.Listeners.Where(listener => listener.BalancerArn == balancer.Arn)
                                .Select(listener => $"{listener.Properties.Text("Protocol")} {listener.Properties.Number("Port")}")],
                        })),
                ];
            }
        }
    }

    /// <summary>In a network of its own unless one is named: only target groups of that network go with its listeners.</summary>
    public SeededLoadBalancer SeedLoadBalancer(string name, bool http = true, bool https = false, string? vpcId = null) => Seed(region =>
    {
        var arn = region.Arn("elasticloadbalancing", $"loadbalancer/app/{name}/{Identifiers.Hex(16)}");
        var balancer = new Balancer(name, arn)
        {
            DnsName = DnsNames.Of(region, name),
            VpcId = vpcId ?? NetworkSeeds.Create(region).VpcId,
            CreatedAt = region.Now,
        };
        region.Balancers.Balancers.Add(balancer);
        return new SeededLoadBalancer
        {
            Arn = arn,
            DnsName = balancer.DnsName,
            VpcId = balancer.VpcId,
            HttpListenerArn = http ? SeedListener(region, balancer, "HTTP", 80) : null,
            HttpsListenerArn = https ? SeedListener(region, balancer, "HTTPS", 443) : null,
        };
    });

    /// <summary>A cluster with so many EC2 instances; a task fits on one always.</summary>
    public string SeedCluster(string name, int instances = 2) => Seed(region =>
    {
        var cluster = ClusterOperations.Create(region, name);
        cluster.CapacityProviders = ["FARGATE", "FARGATE_SPOT"];
        AddInstances(region, cluster, instances);
        return cluster.Arn;
    });

    public void SeedInstances(string cluster, int instances = 2) => Seed(region =>
    {
        AddInstances(region, region.Ecs.Cluster(cluster), instances);
        return cluster;
    });

    private static void AddInstances(AwsRegion region, Ecs.EcsCluster cluster, int instances)
    {
        for (var i = 0; i < instances; i++) cluster.Instances.Add(region.Arn("ecs", $"container-instance/{cluster.Name}/{Identifiers.Hex(32)}"));
    }

    /// <summary>Its instances have no room any more; what runs on them runs on.</summary>
    public void FillCluster(string name) => Seed(region =>
    {
        region.Ecs.Cluster(name).Instances.Clear();
        return name;
    });

    /// <summary>Returns the full ARN.</summary>
    public string SeedSecret(string name, string value) => Seed(region =>
    {
        var secret = region.Secrets.Find(name) ?? region.Secrets.Create(region, name);
        SecretStore.Put(secret, new SecretVersion(Guid.NewGuid().ToString(), region.Now) { Text = value }, []);
        return secret.Arn;
    });

    /// <summary>Versions without a stage go, as Secrets Manager forgets them after a while.</summary>
    public void ForgetSecretVersions(string name) => Seed(
        region => region.Secrets.Get(name).Versions.RemoveAll(version => version.Stages.Count == 0));

    public void SeedParameter(string name, string value, string type = "SecureString") =>
        Seed(region => region.Parameters.Put(name, type, value, region.Now));

    /// <summary>Puts a stack into a status, whoever led it there. A roll-back goes back to what it is now.</summary>
    public void PutStack(string name, string status) => Seed(region =>
    {
        var stack = region.Stacks.Get(name);
        stack.Run?.Cancel();
        stack.Run = null;
        stack.Before = new(stack.Definition, stack.Resources.Values.ToDictionary(one => one.LogicalId, one => one.Snapshot()), stack.Outputs);
        stack.Enter(status);
        return stack.Id;
    });

    /// <summary>A public zone of the account of the options, or of another; returns its id.</summary>
    public string SeedHostedZone(string domain = "example.com", string? accountId = null)
    {
        var id = "Z0" + Identifiers.Suffix(19);
        lock (_lock)
            NetworkSeeds.Add(Region(new AwsPlace(accountId ?? _options.AccountId, _options.Region)), "AWS::Route53::HostedZone", id,
                new JsonObject { ["Name"] = domain });
        return id;
    }

    public void SeedBucket(string name)
    {
        lock (_lock)
        {
            var region = Region(new AwsPlace(_options.AccountId, _options.Region));
            region.Buckets.Create(name, region.Place);
            NetworkSeeds.Add(region, "AWS::S3::Bucket", name, []);
        }
    }

    /// <summary>When tasks of services stopped, the first first.</summary>
    public IReadOnlyList<DateTimeOffset> ServiceTaskStops() => Seed<IReadOnlyList<DateTimeOffset>>(region =>
    [
        .. region.Ecs.Clusters.Values.SelectMany(c => c.Tasks).Where(t => t.Deployment is not null)
            .Select(t => t.StoppedAt).OfType<DateTimeOffset>().Order(),
    ]);

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
