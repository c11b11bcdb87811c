using Amazon.CloudFormation.Model;
using Amazon.ECS.Model;
using Task = System.Threading.Tasks.Task;

namespace Barcelona.GitOps.Sandbox.Tests.Aws.Districts;

public sealed class CapacityTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_service_runs_on_the_districts_instances_and_not_with_a_provider_of_somebody_else()
    {
        await using var host = await AwsHost.StartAsync();
        var outputs = await OutputsAsync(new DistrictStack(host));
        var definition = await WorkerAsync(host);
        await host.Ecs.CreateServiceAsync(Service(outputs["Cluster"], definition, outputs["Provider"]), Cancellation);
        host.Pass(60);

        Assert.Equal(2, await RunningAsync(host, outputs["Cluster"]));
        var refused = await Assert.ThrowsAsync<InvalidParameterException>(() =>
            host.Ecs.CreateServiceAsync(Service(outputs["Cluster"], definition, "other", "another"), Cancellation));
        Assert.Contains("not associated with the cluster", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Managed_scaling_adds_an_instance_for_tasks_that_have_no_place()
    {
        await using var host = await AwsHost.StartAsync();
        var district = new DistrictStack(host);
        district.Properties("Group")["MinSize"] = "0";
        var outputs = await OutputsAsync(district);
        await host.Ecs.CreateServiceAsync(Service(outputs["Cluster"], await WorkerAsync(host), outputs["Provider"]), Cancellation);
        host.Pass(120);
        Assert.Equal(2, await RunningAsync(host, outputs["Cluster"]));
    }

    [Fact]
    public async Task Rolled_instances_take_their_tasks_along_and_the_service_starts_them_again()
    {
        await using var host = await AwsHost.StartAsync();
        var district = new DistrictStack(host);
        var outputs = await OutputsAsync(district);
        await host.Ecs.CreateServiceAsync(Service(outputs["Cluster"], await WorkerAsync(host), outputs["Provider"]), Cancellation);
        host.Pass(60);
        district.Parameters.Add(new Parameter { ParameterKey = "Type", ParameterValue = "m7i.large" });
        await district.UpdateAsync();
        Assert.Equal(2, await RunningAsync(host, outputs["Cluster"]));
    }

    private static async Task<Dictionary<string, string>> OutputsAsync(DistrictStack district) =>
        (await district.CreateAsync()).Outputs.ToDictionary(output => output.OutputKey, output => output.OutputValue);

    private static async Task<string> WorkerAsync(AwsHost host)
    {
        await host.Logs.CreateLogGroupAsync(
            new Amazon.CloudWatchLogs.Model.CreateLogGroupRequest { LogGroupName = WorkerStack.LogGroup }, Cancellation);
        return await WorkerStack.RegisterAsync(host, "acme/worker:1", Cancellation);
    }

    private static CreateServiceRequest Service(string cluster, string definition, string provider, string name = "worker") => new()
    {
        Cluster = cluster,
        ServiceName = name,
        TaskDefinition = definition,
        DesiredCount = 2,
        CapacityProviderStrategy = [new CapacityProviderStrategyItem { CapacityProvider = provider, Weight = 1 }],
    };

    private static async Task<int?> RunningAsync(AwsHost host, string cluster) => (await host.Ecs.DescribeServicesAsync(
        new DescribeServicesRequest { Cluster = cluster, Services = ["worker"] }, Cancellation)).Services.Single().RunningCount;
}
