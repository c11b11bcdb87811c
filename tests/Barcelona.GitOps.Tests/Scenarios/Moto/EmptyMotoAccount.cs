using Amazon.CloudFormation.Model;
using Amazon.ECS.Model;
using Amazon.ElasticLoadBalancingV2.Model;
using Barcelona.GitOps.Aws;
using Barcelona.GitOps.Tests.Aws;

namespace Barcelona.GitOps.Tests.Scenarios.Moto;

/// <summary>An account in moto that nobody else has, and in which there is nothing. Its own session goes to moto directly.</summary>
internal sealed class EmptyMotoAccount(Uri url) : IDisposable
{
    private readonly AwsHarness _direct = new(url);

    public Uri Url => url;

    /// <summary>
    /// The text of <c>districts/default.yml</c>: everything is made. On Fargate: moto knows no capacity provider, and a cluster's instances
    /// are of no use to services that start no tasks.
    /// </summary>
    /// <param name="endpoint">What is said of the endpoint beside that it is public.</param>
    public string DistrictText(string endpoint = "public: true") => $$"""
        region: {{AwsHarness.Region}}
        account: "{{_direct.Account}}"
        role: arn:aws:iam::{{_direct.Account}}:role/barcelona
        repositories: ["acme/*"]
        network:
          cidr_block: 10.1.0.0/16
          zones: 2
          nat_type: managed_gateway
        capacity: fargate
        endpoints:
          demo-endpoint: {{{endpoint}}}

        """;

    /// <summary>Of no certificate that there is: moto does not look.</summary>
    public string CertificateArn => $"arn:aws:acm:{AwsHarness.Region}:{_direct.Account}:certificate/0f6b1f4e-4b0c-4d1a-9f3e-3a0f3c1f0d11";

    private AwsSession Session => _direct.Session;

    public void Dispose() => _direct.Dispose();

    /// <summary>All stacks with their outputs, by name.</summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>> StacksAsync(CancellationToken cancellationToken)
    {
        var described = await Session.CloudFormation.DescribeStacksAsync(new DescribeStacksRequest(), cancellationToken);
        return (described.Stacks ?? []).ToDictionary(
            s => s.StackName, IReadOnlyDictionary<string, string> (s) => (s.Outputs ?? []).ToDictionary(o => o.OutputKey, o => o.OutputValue));
    }

    /// <summary>Families of the task definitions of a cluster's services.</summary>
    public async Task<IReadOnlyList<string>> ServiceFamiliesAsync(string cluster, CancellationToken cancellationToken)
    {
        var listed = await Session.Ecs.ListServicesAsync(new ListServicesRequest { Cluster = cluster }, cancellationToken);
        var describe = new DescribeServicesRequest { Cluster = cluster, Services = listed.ServiceArns };
        var described = await Session.Ecs.DescribeServicesAsync(describe, cancellationToken);
        return [.. described.Services.Select(s => s.TaskDefinition.Split('/')[^1].Split(':')[0])];
    }

    /// <summary>The target groups that the rules of a listener lead to, without its default one.</summary>
    public async Task<IReadOnlyList<string>> TargetGroupsBehindAsync(string listener, CancellationToken cancellationToken)
    {
        var rules = await Session.LoadBalancing.DescribeRulesAsync(new DescribeRulesRequest { ListenerArn = listener }, cancellationToken);
        return [.. rules.Rules.Where(r => r.Priority != "default").Select(r => Assert.Single(r.Actions).TargetGroupArn)];
    }

    /// <summary>What a stack has really made, as <c>logical id = physical id</c>.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ResourcesAsync(string stack, CancellationToken cancellationToken)
    {
        var request = new DescribeStackResourcesRequest { StackName = stack };
        var described = await Session.CloudFormation.DescribeStackResourcesAsync(request, cancellationToken);
        return described.StackResources.Where(r => r.LogicalResourceId is not null).ToDictionary(r => r.LogicalResourceId, r => r.PhysicalResourceId);
    }
}
