using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
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

    private AwsSession Session => _direct.Session;

    public void Dispose() => _direct.Dispose();

    /// <summary>What a person does beforehand. There is no client for certificates here: the service has no use for one.</summary>
    /// <returns>The certificate's ARN.</returns>
    public async Task<string> RequestCertificateAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient(new SocketsHttpHandler());
        using var request = new HttpRequestMessage(HttpMethod.Post, url)
        {
            Content = new StringContent("""{"DomainName": "demo.example.com"}""", Encoding.UTF8, "application/x-amz-json-1.1"),
        };

        // moto takes the service and the region from here, and does not look at the signature.
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "AWS4-HMAC-SHA256", $"Credential=test/20260401/{AwsHarness.Region}/acm/aws4_request, SignedHeaders=host, Signature=none");
        request.Headers.Add("X-Amz-Target", "CertificateManager.RequestCertificate");
        request.Headers.Add("x-moto-account-id", _direct.Account);
        using var response = await http.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
        return (string?)answer?["CertificateArn"] ?? throw new InvalidOperationException("No certificate.");
    }

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
