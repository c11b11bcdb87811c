using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;
using Amazon.ECS;
using Amazon.ECS.Model;
using Barcelona.GitOps.Sandbox.Aws.Faults;
using Task = System.Threading.Tasks.Task;

namespace Barcelona.GitOps.Sandbox.Tests.Aws;

public sealed class FaultTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Throttling_is_said_in_each_services_own_words_and_used_up()
    {
        await using var host = await AwsHost.StartAsync();
        host.Aws.Faults.Throttle(new FaultMatch("cloudformation", "ListStacks"));
        host.Aws.Faults.Throttle(new FaultMatch("ecs"));

        var stacks = await Assert.ThrowsAsync<AmazonCloudFormationException>(() => host.Stacks.ListStacksAsync(Cancellation));
        var ecs = await Assert.ThrowsAsync<AmazonECSException>(() => host.Ecs.ListClustersAsync(new ListClustersRequest(), Cancellation));

        Assert.Equal(("Throttling", "Rate exceeded"), (stacks.ErrorCode, stacks.Message));
        Assert.Equal(("ThrottlingException", "Rate exceeded"), (ecs.ErrorCode, ecs.Message));
        await host.Stacks.ListStacksAsync(Cancellation);
        await host.Ecs.ListClustersAsync(new ListClustersRequest(), Cancellation);
        Assert.Equal([400, 400, 200, 200], host.Aws.Calls.Select(call => call.StatusCode));
    }

    [Fact]
    public async Task A_lost_response_has_happened()
    {
        await using var host = await AwsHost.StartAsync();
        host.Aws.Faults.LostResponse(new FaultMatch("ecs", "RegisterTaskDefinition"));

        await Assert.ThrowsAnyAsync<Exception>(() => host.Ecs.RegisterTaskDefinitionAsync(WorkerStack.Definition("acme/worker:1"), Cancellation));

        var found = await host.Ecs
            .ListTaskDefinitionsAsync(new ListTaskDefinitionsRequest { FamilyPrefix = "default--worker--worker" }, Cancellation);
        Assert.Single(found.TaskDefinitionArns);
        Assert.Equal("LostResponse", Assert.Single(host.Aws.Calls.Writes).ErrorCode);
    }

    [Fact]
    public async Task A_call_that_times_out_has_not_happened()
    {
        await using var host = await AwsHost.StartAsync();
        host.Aws.Faults.TimeOut(new FaultMatch("ecs", "RegisterTaskDefinition"));
        using var impatient = new AmazonECSClient(AwsHost.Credentials, host.Config(new AmazonECSConfig { Timeout = TimeSpan.FromMilliseconds(300) }));

        await Assert.ThrowsAnyAsync<Exception>(() => impatient.RegisterTaskDefinitionAsync(WorkerStack.Definition("acme/worker:1"), Cancellation));

        var found = await host.Ecs
            .ListTaskDefinitionsAsync(new ListTaskDefinitionsRequest { FamilyPrefix = "default--worker--worker" }, Cancellation);
        Assert.Empty(found.TaskDefinitionArns);
    }

    [Fact]
    public async Task A_fault_can_be_narrowed_to_one_request()
    {
        await using var host = await AwsHost.StartAsync();
        host.Aws.Faults.ServerError(new FaultMatch("cloudformation", "DescribeStacks") { When = request => (string?)request["StackName"] == "b" });

        var a = await Assert.ThrowsAsync<AmazonCloudFormationException>(() =>
            host.Stacks.DescribeStacksAsync(new DescribeStacksRequest { StackName = "a" }, Cancellation));
        var b = await Assert.ThrowsAsync<AmazonCloudFormationException>(() =>
            host.Stacks.DescribeStacksAsync(new DescribeStacksRequest { StackName = "b" }, Cancellation));

        Assert.Equal((System.Net.HttpStatusCode.BadRequest, System.Net.HttpStatusCode.InternalServerError), (a.StatusCode, b.StatusCode));
    }

    [Fact]
    public async Task The_log_tells_reads_from_writes_and_keeps_what_was_asked()
    {
        await using var host = await AwsHost.StartAsync();
        await StackLifeCycleTests.CreatedAsync(host);

        Assert.Equal(["RegisterTaskDefinition", "CreateStack"], host.Aws.Calls.Writes.Select(call => call.Operation));
        var create = Assert.Single(host.Aws.Calls.Of("cloudformation", "CreateStack"));
        Assert.Equal(WorkerStack.Name, (string?)create.Request["StackName"]);
        Assert.Equal("barcelona:heritage", (string?)create.Request["Tags"]?[0]?["Key"]);
        Assert.Equal(("123456789012", "ap-northeast-1"), (create.AccountId, create.Region));
    }
}
