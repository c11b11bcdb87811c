using System.Text.Json.Nodes;
using Amazon.CloudFormation.Model;
using Amazon.ElasticLoadBalancingV2.Model;

namespace Barcelona.GitOps.Sandbox.Tests.Aws.Districts;

public sealed class EndpointStackTests
{
    private const string Name = "barcelona-endpoint--default--demo-endpoint";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_certificate_is_issued_by_a_zone_of_the_account_and_the_balancer_is_protected()
    {
        await using var host = await AwsHost.StartAsync();
        var district = await DistrictAsync(host);
        var zone = host.Aws.SeedHostedZone("example.com");
        var template = Template();
        var created = await CreateAsync(host, template, Given(district, zone));
        Assert.Equal("CREATE_COMPLETE", created.StackStatus.Value);

        var balancer = (await host.Balancers.DescribeLoadBalancersAsync(new DescribeLoadBalancersRequest(), Cancellation)).LoadBalancers.Single();
        Assert.Equal(district["VpcId"], balancer.VpcId);
        Assert.Equal([district["PublicGroup"]], balancer.SecurityGroups);
        await host.Stacks.DeleteStackAsync(new DeleteStackRequest { StackName = Name }, Cancellation);
        Assert.Equal("DELETE_FAILED", (await SettleAsync(host)).StackStatus.Value);
    }

    [Fact]
    public async Task Without_the_zone_the_stack_waits_and_a_zone_of_another_account_does_not_help()
    {
        await using var host = await AwsHost.StartAsync();
        var district = await DistrictAsync(host);
        var zone = host.Aws.SeedHostedZone("example.com", accountId: "210987654321");
        var template = Template();
        (template["Parameters"] as JsonObject ?? [])["HostedZone"] = new JsonObject { ["Type"] = "String" };
        await CreateAsync(host, template, Given(district, zone));
        host.Pass(3600);
        var stack = (await host.Stacks.DescribeStacksAsync(new DescribeStacksRequest { StackName = Name }, Cancellation)).Stacks.Single();
        Assert.Equal("CREATE_IN_PROGRESS", stack.StackStatus.Value);
    }

    [Theory]
    [InlineData("Subnets", """{"Fn::Split": [",", {"Fn::Select": [0, {"Ref": "Subnets"}]}]}""", "At least two subnets")]
    [InlineData("SecurityGroups", """["sg-0nothing"]""", "The SecurityGroup ID 'sg-0nothing' does not exist")]
    [InlineData("LoadBalancerAttributes", """
        [{"Key": "access_logs.s3.enabled", "Value": "true"}, {"Key": "access_logs.s3.bucket", "Value": "nothing"}]
        """, "Access Denied for bucket: nothing")]
    public async Task A_balancer_that_AWS_refuses_fails(string property, string value, string reason)
    {
        await using var host = await AwsHost.StartAsync();
        var district = await DistrictAsync(host);
        var template = Template();
        (template["Resources"]?["Balancer"]?["Properties"] as JsonObject ?? [])[property] = JsonNode.Parse(value);
        var stack = await CreateAsync(host, template, Given(district, host.Aws.SeedHostedZone("example.com")));
        var events = await host.Stacks.DescribeStackEventsAsync(new DescribeStackEventsRequest { StackName = Name }, Cancellation);

        Assert.Equal("ROLLBACK_COMPLETE", stack.StackStatus.Value);
        Assert.Contains(events.StackEvents, entry => entry.LogicalResourceId == "Balancer"
            && entry.ResourceStatusReason?.Contains(reason, StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task A_balancer_does_not_move_to_subnets_of_another_network()
    {
        await using var host = await AwsHost.StartAsync();
        var district = await DistrictAsync(host);
        var given = Given(district, host.Aws.SeedHostedZone("example.com"));
        await CreateAsync(host, Template(), given);
        var other = host.Aws.CreateVpc();

        given.Single(parameter => parameter.ParameterKey == "Subnets").ParameterValue = string.Join(',', other.PublicSubnets);
        given.Single(parameter => parameter.ParameterKey == "Group").ParameterValue = other.SecurityGroup;
        await host.Stacks.UpdateStackAsync(
            new UpdateStackRequest { StackName = Name, UsePreviousTemplate = true, Parameters = given }, Cancellation);
        var stack = await SettleAsync(host);

        var events = await host.Stacks.DescribeStackEventsAsync(new DescribeStackEventsRequest { StackName = Name }, Cancellation);
        Assert.Equal("UPDATE_ROLLBACK_COMPLETE", stack.StackStatus.Value);
        Assert.Contains(events.StackEvents, entry => entry.ResourceStatusReason?.Contains("must belong to the same VPC", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task A_district_goes_only_after_its_endpoints()
    {
        await using var host = await AwsHost.StartAsync();
        var district = await DistrictAsync(host);
        var template = Template();
        (template["Resources"]?["Balancer"]?["Properties"] as JsonObject ?? []).Remove("LoadBalancerAttributes");
        await CreateAsync(host, template, Given(district, host.Aws.SeedHostedZone("example.com")));

        var stack = await new DistrictStack(host).DeleteAsync(DistrictStack.Name);
        var events = await host.Stacks.DescribeStackEventsAsync(new DescribeStackEventsRequest { StackName = DistrictStack.Name }, Cancellation);
        Assert.Equal("DELETE_FAILED", stack.StackStatus.Value);
        Assert.Contains(events.StackEvents, entry => entry.LogicalResourceId == "PublicA"
            && entry.ResourceStatusReason?.Contains("has dependencies and cannot be deleted", StringComparison.Ordinal) == true);

        await host.Stacks.DeleteStackAsync(new DeleteStackRequest { StackName = Name }, Cancellation);
        host.Pass(300);
        Assert.Equal("DELETE_COMPLETE", (await new DistrictStack(host).DeleteAsync(stack.StackId)).StackStatus.Value);
    }

    private static JsonObject Template() => JsonNode.Parse("""
        {
          "Parameters": {
            "Vpc": {"Type": "AWS::EC2::VPC::Id"}, "Subnets": {"Type": "List<AWS::EC2::Subnet::Id>"},
            "Group": {"Type": "AWS::EC2::SecurityGroup::Id"}, "Bucket": {"Type": "String"}, "HostedZone": {"Type": "AWS::Route53::HostedZone::Id"}
          },
          "Resources": {
            "Balancer": {"Type": "AWS::ElasticLoadBalancingV2::LoadBalancer", "Properties": {
              "Subnets": {"Ref": "Subnets"}, "SecurityGroups": [{"Ref": "Group"}], "LoadBalancerAttributes": [
                {"Key": "deletion_protection.enabled", "Value": "true"}, {"Key": "access_logs.s3.enabled", "Value": "true"},
                {"Key": "access_logs.s3.bucket", "Value": {"Ref": "Bucket"}}]}},
            "Certificate": {"Type": "AWS::CertificateManager::Certificate", "Properties": {"DomainName": "demo.example.com",
              "ValidationMethod": "DNS", "DomainValidationOptions": [{"DomainName": "demo.example.com", "HostedZoneId": {"Ref": "HostedZone"}}]}},
            "Https": {"Type": "AWS::ElasticLoadBalancingV2::Listener", "Properties": {"LoadBalancerArn": {"Ref": "Balancer"}, "Port": 443,
              "Protocol": "HTTPS", "Certificates": [{"CertificateArn": {"Ref": "Certificate"}}],
              "DefaultActions": [{"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "404"}}]}},
            "Record": {"Type": "AWS::Route53::RecordSet", "DependsOn": "Certificate", "Properties": {"HostedZoneId": {"Ref": "HostedZone"},
              "Name": "demo.example.com", "Type": "A", "AliasTarget": {"DNSName": {"Fn::GetAtt": ["Balancer", "DNSName"]},
              "HostedZoneId": {"Fn::GetAtt": ["Balancer", "CanonicalHostedZoneID"]}}}}
          },
          "Outputs": {"HttpsListenerArn": {"Value": {"Fn::GetAtt": ["Https", "ListenerArn"]}}}
        }
        """) as JsonObject ?? [];

    private static async Task<Dictionary<string, string>> DistrictAsync(AwsHost host) =>
        (await new DistrictStack(host).CreateAsync()).Outputs.ToDictionary(output => output.OutputKey, output => output.OutputValue);

    private static List<Parameter> Given(Dictionary<string, string> district, string zone) =>
    [
        new() { ParameterKey = "Vpc", ParameterValue = district["VpcId"] },
        new() { ParameterKey = "Subnets", ParameterValue = district["PublicSubnets"] },
        new() { ParameterKey = "Group", ParameterValue = district["PublicGroup"] },
        new() { ParameterKey = "Bucket", ParameterValue = district["Bucket"] },
        new() { ParameterKey = "HostedZone", ParameterValue = zone },
    ];

    private static async Task<Stack> CreateAsync(AwsHost host, JsonObject template, List<Parameter> parameters)
    {
        await host.Stacks.CreateStackAsync(
            new CreateStackRequest { StackName = Name, TemplateBody = template.ToJsonString(), Parameters = parameters }, Cancellation);
        return await SettleAsync(host);
    }

    private static async Task<Stack> SettleAsync(AwsHost host)
    {
        host.Pass(120);
        return (await host.Stacks.DescribeStacksAsync(new DescribeStacksRequest { StackName = Name }, Cancellation)).Stacks.Single();
    }
}
