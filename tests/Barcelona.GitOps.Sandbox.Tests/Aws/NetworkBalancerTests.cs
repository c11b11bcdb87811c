using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;
using Barcelona.GitOps.Sandbox.Aws;
using Task = System.Threading.Tasks.Task;

namespace Barcelona.GitOps.Sandbox.Tests.Aws;

public sealed class NetworkBalancerTests
{
    private const string Good = """
        {"Resources": {
          "Group": {"Type": "AWS::EC2::SecurityGroup", "Properties": {"GroupDescription": "Ports", "VpcId": "{vpc}"}},
          "Balancer": {"Type": "AWS::ElasticLoadBalancingV2::LoadBalancer", "Properties": {
            "Type": "network", "Scheme": "internal", "Subnets": ["{subnet}"], "SecurityGroups": [{"Fn::GetAtt": ["Group", "GroupId"]}]}},
          "Other": {"Type": "AWS::ElasticLoadBalancingV2::LoadBalancer", "Properties": {
            "Type": "network", "Scheme": "internal", "Subnets": ["{subnet}"]}},
          "Targets": {"Type": "AWS::ElasticLoadBalancingV2::TargetGroup", "Properties": {
            "VpcId": "{vpc}", "Protocol": "TCP", "Port": 5222, "HealthCheckProtocol": "TCP", "HealthCheckIntervalSeconds": 10,
            "HealthCheckTimeoutSeconds": 5, "TargetGroupAttributes": [{"Key": "preserve_client_ip.enabled", "Value": "false"}]}},
          "Listener": {"Type": "AWS::ElasticLoadBalancingV2::Listener", "Properties": {
            "LoadBalancerArn": {"Ref": "Balancer"}, "Port": 5222, "Protocol": "TCP",
            "DefaultActions": [{"Type": "forward", "TargetGroupArn": {"Ref": "Targets"}}]}}}}
        """;

    private SeededNetwork? _network;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_network_load_balancer_takes_its_time_and_stands()
    {
        await using var host = await AwsHost.StartAsync();

        Assert.Equal(StackStatus.CREATE_COMPLETE, await CreateAsync(host, Good));

        var balancer = Assert.Single(host.Aws.LoadBalancers, b => b.Ports.Count > 0);
        Assert.Equal(("network", "internal", "TCP 5222"), (balancer.Type, balancer.Scheme, Assert.Single(balancer.Ports)));
    }

    [Theory]
    [InlineData("\"Port\": 5222, \"Protocol\": \"TCP\"", "\"Port\": 5222, \"Protocol\": \"HTTP\"")]
    [InlineData("\"Port\": 5222, \"Protocol\": \"TCP\"", "\"Port\": 5222, \"Protocol\": \"UDP\"")]
    [InlineData("\"Type\": \"forward\"", "\"Type\": \"fixed-response\"")]
    [InlineData("\"Protocol\": \"TCP\", \"Port\"", "\"Protocol\": \"UDP\", \"Port\"")]
    [InlineData("\"HealthCheckTimeoutSeconds\": 5", "\"HealthCheckTimeoutSeconds\": 10")]
    [InlineData("\"HealthCheckTimeoutSeconds\": 5", "\"Matcher\": {\"HttpCode\": \"200\"}")]
    [InlineData("\"Listener\": {", "\"Second\": {\"Type\": \"AWS::ElasticLoadBalancingV2::Listener\", \"DependsOn\": \"Listener\", \"Properties\": {"
        + "\"LoadBalancerArn\": {\"Ref\": \"Other\"}, \"Port\": 1, \"Protocol\": \"TCP\", "
        + "\"DefaultActions\": [{\"Type\": \"forward\", \"TargetGroupArn\": {\"Ref\": \"Targets\"}}]}}, \"Listener\": {")]
    public async Task What_AWS_refuses_fails_the_stack(string good, string bad)
    {
        await using var host = await AwsHost.StartAsync();

        Assert.Equal(StackStatus.ROLLBACK_COMPLETE, await CreateAsync(host, Good.Replace(good, bad, StringComparison.Ordinal)));
        Assert.Empty(host.Aws.LoadBalancers);
    }

    [Fact]
    public async Task One_that_was_made_without_a_group_never_gets_one()
    {
        await using var host = await AwsHost.StartAsync();
        const string without = "\"Scheme\": \"internal\", \"Subnets\": [\"{subnet}\"]}";
        await CreateAsync(host, Good);

        await host.Stacks.UpdateStackAsync(
            new UpdateStackRequest
            {
                StackName = "ports",
                TemplateBody = Fill(Good.Replace(
                    without, without[..^1] + ", \"SecurityGroups\": [{\"Fn::GetAtt\": [\"Group\", \"GroupId\"]}]}", StringComparison.Ordinal)),
            },
            Cancellation);
        host.Pass(seconds: 120);

        Assert.Equal(StackStatus.UPDATE_ROLLBACK_COMPLETE, await StatusAsync(host));
    }

    private string Fill(string template) => template
        .Replace("{vpc}", _network?.VpcId, StringComparison.Ordinal)
        .Replace("{subnet}", _network?.PrivateSubnets[0], StringComparison.Ordinal);

    private async Task<StackStatus> CreateAsync(AwsHost host, string template)
    {
        _network = host.Aws.CreateVpc();
        await host.Stacks.CreateStackAsync(new CreateStackRequest { StackName = "ports", TemplateBody = Fill(template) }, Cancellation);
        host.Pass(seconds: 120);
        return await StatusAsync(host);
    }

    private static async Task<StackStatus> StatusAsync(AwsHost host) =>
        (await host.Stacks.DescribeStacksAsync(new DescribeStacksRequest { StackName = "ports" }, Cancellation)).Stacks[0].StackStatus;
}
