using System.Net.Http.Headers;
using Amazon.CloudFormation.Model;
using Amazon.ECS.Model;
using Amazon.ElasticLoadBalancingV2.Model;
using Barcelona.GitOps.Aws;
using Barcelona.GitOps.Tests.Aws;
using Task = System.Threading.Tasks.Task;

namespace Barcelona.GitOps.Tests.Scenarios.Moto;

/// <summary>
/// An account in moto that nobody else has, with what a district's owner brings: network, cluster and load balancer. Its own session goes
/// to moto directly, so that what a test reads is what moto has.
/// </summary>
internal sealed class MotoAccount : IDisposable
{
    private const string Seed = """
        Resources:
          Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
          One: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24, AvailabilityZone: ap-northeast-1a}}
          Two: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.2.0/24, AvailabilityZone: ap-northeast-1c}}
          Group: {Type: AWS::EC2::SecurityGroup, Properties: {VpcId: !Ref Vpc, GroupDescription: instances}}
          Balancer: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Name: demo-endpoint, Subnets: [!Ref One, !Ref Two]}}
          Listener:
            Type: AWS::ElasticLoadBalancingV2::Listener
            Properties:
              LoadBalancerArn: !Ref Balancer
              Port: 80
              Protocol: HTTP
              DefaultActions: [{Type: fixed-response, FixedResponseConfig: {StatusCode: "404"}}]
        Outputs:
          Vpc: {Value: !Ref Vpc}
          One: {Value: !Ref One}
          Two: {Value: !Ref Two}
          Group: {Value: !GetAtt Group.GroupId}
          Listener: {Value: !Ref Listener}
          DnsName: {Value: !GetAtt Balancer.DNSName}
        """;

    private readonly AwsHarness _direct;
    private Dictionary<string, string> _made = [];

    private MotoAccount(Uri url)
    {
        Url = url;
        _direct = new AwsHarness(url);
    }

    public Uri Url { get; }

    public string ListenerArn => _made["Listener"];

    /// <summary>The text of <c>districts/default.yml</c>. Its role is what leads moto to this account.</summary>
    public string District => $"""
        region: {AwsHarness.Region}
        account: "{_direct.Account}"
        role: arn:aws:iam::{_direct.Account}:role/barcelona
        repositories: ["acme/*"]
        network:
          existing:
            vpc_id: {_made["Vpc"]}
            public_subnets: [{_made["One"]}]
            private_subnets: [{_made["Two"]}]
            security_group: {_made["Group"]}
        cluster:
          existing: default
        capacity: ec2
        bucket:
          existing: acme-barcelona
        endpoints:
          demo-endpoint:
            existing:
              http_listener_arn: "{_made["Listener"]}"
              dns_name: {_made["DnsName"]}

        """;

    public AwsSession Session => _direct.Session;

    public static async Task<MotoAccount> OpenAsync(Uri url, CancellationToken cancellationToken)
    {
        var account = new MotoAccount(url);
        await account.SeedAsync(cancellationToken);
        return account;
    }

    public void Dispose() => _direct.Dispose();

    /// <summary>Every service of the cluster with the image of its only container, by the task definition's family.</summary>
    public async Task<SortedDictionary<string, string>> ImagesAsync(CancellationToken cancellationToken)
    {
        var listed = await Session.Ecs.ListServicesAsync(new ListServicesRequest { Cluster = "default" }, cancellationToken);
        SortedDictionary<string, string> images = [];
        if (listed.ServiceArns is not { Count: > 0 } arns)
        {
            return images;
        }

        var describe = new DescribeServicesRequest { Cluster = "default", Services = arns };
        var described = await Session.Ecs.DescribeServicesAsync(describe, cancellationToken);
        foreach (var service in described.Services)
        {
            var request = new DescribeTaskDefinitionRequest { TaskDefinition = service.TaskDefinition };
            var definition = await Session.Ecs.DescribeTaskDefinitionAsync(request, cancellationToken);
            var container = Assert.Single(definition.TaskDefinition.ContainerDefinitions);
            images.Add(definition.TaskDefinition.Family, container.Image);
        }

        return images;
    }

    /// <summary>Priorities on the endpoint's listener, without that of the default rule.</summary>
    public async Task<IReadOnlyList<string>> RulePrioritiesAsync(CancellationToken cancellationToken)
    {
        var rules = await Session.LoadBalancing.DescribeRulesAsync(new DescribeRulesRequest { ListenerArn = ListenerArn }, cancellationToken);
        return [.. rules.Rules.Select(r => r.Priority).Where(p => p != "default")];
    }

    private async Task SeedAsync(CancellationToken cancellationToken)
    {
        await Session.Ecs.CreateClusterAsync(new CreateClusterRequest { ClusterName = "default" }, cancellationToken);
        var create = new CreateStackRequest { StackName = "district-owner", TemplateBody = Seed };
        await Session.CloudFormation.CreateStackAsync(create, cancellationToken);
        var describe = new DescribeStacksRequest { StackName = create.StackName };
        var described = await Session.CloudFormation.DescribeStacksAsync(describe, cancellationToken);
        _made = described.Stacks.Single().Outputs.ToDictionary(o => o.OutputKey, o => o.OutputValue);
        await EnableDnsHostnamesAsync(cancellationToken);
    }

    // Said in a template, moto ignores it. There is no EC2 client here: the service has no use for one.
    private async Task EnableDnsHostnamesAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient(new SocketsHttpHandler());
        using var request = new HttpRequestMessage(HttpMethod.Post, Url)
        {
            Content = new FormUrlEncodedContent([
                new("Action", "ModifyVpcAttribute"),
                new("Version", "2016-11-15"),
                new("VpcId", _made["Vpc"]),
                new("EnableDnsHostnames.Value", "true")]),
        };

        // moto takes the service and the region from here, and does not look at the signature.
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "AWS4-HMAC-SHA256", $"Credential=test/20260401/{AwsHarness.Region}/ec2/aws4_request, SignedHeaders=host, Signature=none");
        request.Headers.Add("x-moto-account-id", _direct.Account);
        using var response = await http.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
    }
}
