using System.Text.Json.Nodes;
using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;
using Task = System.Threading.Tasks.Task;

namespace Barcelona.GitOps.Sandbox.Tests.Aws;

public sealed class ScalingStackTests
{
    private const string Good = """
        {
          "Target": {"Type": "AWS::ApplicationAutoScaling::ScalableTarget", "Properties": {
            "ServiceNamespace": "ecs", "ScalableDimension": "ecs:service:DesiredCount",
            "ResourceId": {"Fn::Sub": "service/default/${Service.Name}"}, "MinCapacity": 3, "MaxCapacity": 5}},
          "Cpu": {"Type": "AWS::ApplicationAutoScaling::ScalingPolicy", "Properties": {
            "PolicyName": "cpu", "PolicyType": "TargetTrackingScaling", "ScalingTargetId": {"Ref": "Target"},
            "TargetTrackingScalingPolicyConfiguration": {
              "PredefinedMetricSpecification": {"PredefinedMetricType": "ECSServiceAverageCPUUtilization"}, "TargetValue": 60}}}
        }
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Bounds_hold_as_soon_as_they_are_registered()
    {
        await using var host = await AwsHost.StartAsync();

        Assert.Equal(StackStatus.CREATE_COMPLETE, await CreateAsync(host, Good));

        var scaled = Assert.Single(host.Aws.ScaledServices);
        Assert.Equal((3, 5), (scaled.Min, scaled.Max));
        var service = await host.Ecs.DescribeServicesAsync(
            new() { Cluster = "default", Services = [scaled.ResourceId.Split('/')[^1]] }, Cancellation);
        Assert.Equal(3, Assert.Single(service.Services).RunningCount);
    }

    [Theory]
    [InlineData("\"MaxCapacity\": 5", "\"MaxCapacity\": 2")]
    [InlineData("${Service.Name}", "nobody")]
    [InlineData("\"TargetValue\": 60", "\"TargetValue\": 0")]
    [InlineData("ECSServiceAverageCPUUtilization", "ALBRequestCountPerTarget")]
    [InlineData("{\"Ref\": \"Target\"}", "\"service/default/nobody|ecs:service:DesiredCount|ecs\"")]
    public async Task What_AWS_refuses_fails_the_stack(string good, string bad)
    {
        await using var host = await AwsHost.StartAsync();

        Assert.Equal(StackStatus.ROLLBACK_COMPLETE, await CreateAsync(host, Good.Replace(good, bad, StringComparison.Ordinal)));
        Assert.Empty(host.Aws.ScaledServices);
    }

    private static async Task<StackStatus> CreateAsync(AwsHost host, string more)
    {
        host.Aws.SeedCluster("default");
        var definition = await host.Ecs.RegisterTaskDefinitionAsync(
            new() { Family = "worker", ContainerDefinitions = [new() { Name = "worker", Image = "acme/worker:1", Memory = 128 }] }, Cancellation);
        var request = WorkerStack.Create(definition.TaskDefinition.TaskDefinitionArn);
        request.TemplateBody = WorkerStack.Template(more: JsonNode.Parse(more)?.AsObject());
        await host.Stacks.CreateStackAsync(request, Cancellation);
        host.Pass(seconds: 120);
        var stacks = await host.Stacks.DescribeStacksAsync(new DescribeStacksRequest { StackName = WorkerStack.Name }, Cancellation);
        return stacks.Stacks[0].StackStatus;
    }
}
