using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;

namespace Barcelona.GitOps.Sandbox.Tests.Aws;

public sealed class StackLifeCycleTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_worker_is_created_and_runs_the_task_definition_that_was_asked_for()
    {
        await using var host = await AwsHost.StartAsync();
        host.Aws.SeedCluster("default");
        var definition = await WorkerStack.RegisterAsync(host, "acme/worker:1", Cancellation);

        await host.Stacks.CreateStackAsync(WorkerStack.Create(definition), Cancellation);

        Assert.Equal(StackStatus.CREATE_IN_PROGRESS, (await WorkerStack.DescribeAsync(host, Cancellation)).StackStatus);
        host.Pass(seconds: 120);
        var stack = await WorkerStack.DescribeAsync(host, Cancellation);
        Assert.Equal(StackStatus.CREATE_COMPLETE, stack.StackStatus);
        var service = await WorkerStack.ServiceAsync(host, Cancellation);
        Assert.Equal($"{service.ServiceName} runs {definition}", stack.Outputs.Single(output => output.OutputKey == "Running").OutputValue);
        Assert.StartsWith("arn:aws:iam::123456789012:role/barcelona-app--default--worker-TaskRole-", stack.Outputs
            .Single(output => output.OutputKey == "RoleArn").OutputValue);
        var deployment = Assert.Single(service.Deployments);
        Assert.Equal(("PRIMARY", "COMPLETED", definition, 2),
            (deployment.Status, deployment.RolloutState.Value, deployment.TaskDefinition, deployment.RunningCount));
    }

    [Fact]
    public async Task Events_come_newest_first_with_the_token_and_each_resource_after_what_it_needs()
    {
        await using var host = await AwsHost.StartAsync();
        host.Aws.SeedCluster("default");
        await host.Stacks
            .CreateStackAsync(WorkerStack.Create(await WorkerStack.RegisterAsync(host, "acme/worker:1", Cancellation), "token-1"), Cancellation);
        host.Pass(seconds: 120);

        var events = (
            await host.Stacks.DescribeStackEventsAsync(new DescribeStackEventsRequest { StackName = WorkerStack.Name }, Cancellation)).StackEvents;

        Assert.All(events, one => Assert.Equal("token-1", one.ClientRequestToken));
        Assert.Equal((WorkerStack.Name, "CREATE_COMPLETE"), (events[0].LogicalResourceId, events[0].ResourceStatus.Value));
        Assert.Equal("User Initiated", events[^1].ResourceStatusReason);
        var order = events.AsEnumerable().Reverse().Select(one => $"{one.LogicalResourceId} {one.ResourceStatus}").ToList();
        Assert.True(order.IndexOf("Logs CREATE_COMPLETE") < order.IndexOf("Service CREATE_IN_PROGRESS"));
        Assert.True(order.IndexOf("TaskRole CREATE_IN_PROGRESS") < order.IndexOf("Logs CREATE_COMPLETE"));
        Assert.Contains(events, one => one.LogicalResourceId == "Service" && one.ResourceStatusReason == "Resource creation Initiated");
    }

    [Fact]
    public async Task An_update_that_changes_nothing_is_refused()
    {
        await using var host = await AwsHost.StartAsync();
        var definition = await CreatedAsync(host);

        var error =
            await Assert.ThrowsAsync<AmazonCloudFormationException>(() => host.Stacks.UpdateStackAsync(WorkerStack.Update(definition), Cancellation));

        Assert.Equal(("ValidationError", "No updates are to be performed."), (error.ErrorCode, error.Message));
    }

    [Fact]
    public async Task A_new_image_rolls_the_service_and_touches_nothing_else()
    {
        await using var host = await AwsHost.StartAsync();
        await CreatedAsync(host);
        var second = await WorkerStack.RegisterAsync(host, "acme/worker:2", Cancellation);

        await host.Stacks.UpdateStackAsync(WorkerStack.Update(second, "token-2"), Cancellation);
        host.Pass(seconds: 5);
        Assert.Equal(2, (await WorkerStack.ServiceAsync(host, Cancellation)).Deployments.Count);
        host.Pass(seconds: 120);

        Assert.Equal(StackStatus.UPDATE_COMPLETE, (await WorkerStack.DescribeAsync(host, Cancellation)).StackStatus);
        Assert.Equal(second, Assert.Single((await WorkerStack.ServiceAsync(host, Cancellation)).Deployments).TaskDefinition);
        var events = (
            await host.Stacks.DescribeStackEventsAsync(new DescribeStackEventsRequest { StackName = WorkerStack.Name }, Cancellation)).StackEvents;
        var mine = events.Where(one => one.ClientRequestToken == "token-2").Select(one => $"{one.LogicalResourceId} {one.ResourceStatus}").Reverse();
        Assert.Equal(
        [
            $"{WorkerStack.Name} UPDATE_IN_PROGRESS", "Service UPDATE_IN_PROGRESS", "Service UPDATE_COMPLETE",
            $"{WorkerStack.Name} UPDATE_COMPLETE_CLEANUP_IN_PROGRESS", $"{WorkerStack.Name} UPDATE_COMPLETE",
        ], mine);
    }

    [Fact]
    public async Task A_deleted_stack_is_found_by_its_id_alone()
    {
        await using var host = await AwsHost.StartAsync();
        await CreatedAsync(host);
        var id = (await WorkerStack.DescribeAsync(host, Cancellation)).StackId;

        await host.Stacks.DeleteStackAsync(new DeleteStackRequest { StackName = WorkerStack.Name }, Cancellation);
        host.Pass(seconds: 60);

        var byId = await host.Stacks.DescribeStacksAsync(new DescribeStacksRequest { StackName = id }, Cancellation);
        Assert.Equal(StackStatus.DELETE_COMPLETE, Assert.Single(byId.Stacks).StackStatus);
        var error = await Assert.ThrowsAsync<AmazonCloudFormationException>(() => WorkerStack.DescribeAsync(host, Cancellation));
        Assert.Equal(("ValidationError", $"Stack with id {WorkerStack.Name} does not exist"), (error.ErrorCode, error.Message));
    }

    [Fact]
    public async Task The_same_token_is_the_same_request_and_with_another_action_it_is_refused()
    {
        await using var host = await AwsHost.StartAsync();
        host.Aws.SeedCluster("default");
        var definition = await WorkerStack.RegisterAsync(host, "acme/worker:1", Cancellation);

        var first = await host.Stacks.CreateStackAsync(WorkerStack.Create(definition, "token-1"), Cancellation);
        var again = await host.Stacks.CreateStackAsync(WorkerStack.Create(definition, "token-1"), Cancellation);

        Assert.Equal(first.StackId, again.StackId);
        await Assert.ThrowsAsync<AlreadyExistsException>(() => host.Stacks.CreateStackAsync(WorkerStack.Create(definition, "token-2"), Cancellation));
        await Assert.ThrowsAsync<TokenAlreadyExistsException>(() =>
            host.Stacks.UpdateStackAsync(WorkerStack.Update(definition, "token-1"), Cancellation));
    }

    [Fact]
    public async Task A_stack_in_work_cannot_be_updated()
    {
        await using var host = await AwsHost.StartAsync();
        host.Aws.SeedCluster("default");
        var definition = await WorkerStack.RegisterAsync(host, "acme/worker:1", Cancellation);
        await host.Stacks.CreateStackAsync(WorkerStack.Create(definition), Cancellation);

        var error = await Assert.ThrowsAsync<AmazonCloudFormationException>(() =>
            host.Stacks.UpdateStackAsync(WorkerStack.Update(definition + "0"), Cancellation));

        Assert.Contains("is in CREATE_IN_PROGRESS state and can not be updated.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Roles_need_to_be_acknowledged()
    {
        await using var host = await AwsHost.StartAsync();
        var request = WorkerStack.Create("some:1");
        request.Capabilities = null;

        var error = await Assert.ThrowsAsync<InsufficientCapabilitiesException>(() => host.Stacks.CreateStackAsync(request, Cancellation));

        Assert.Equal("Requires capabilities : [CAPABILITY_IAM]", error.Message);
    }

    internal static async Task<string> CreatedAsync(AwsHost host)
    {
        host.Aws.SeedCluster("default");
        var definition = await WorkerStack.RegisterAsync(host, "acme/worker:1", Cancellation);
        await host.Stacks.CreateStackAsync(WorkerStack.Create(definition), Cancellation);
        host.Pass(seconds: 120);
        Assert.Equal(StackStatus.CREATE_COMPLETE, (await WorkerStack.DescribeAsync(host, Cancellation)).StackStatus);
        return definition;
    }
}
