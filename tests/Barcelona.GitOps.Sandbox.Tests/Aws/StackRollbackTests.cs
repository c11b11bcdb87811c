using System.Text.Json.Nodes;
using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;
using Amazon.ECS.Model;
using Barcelona.GitOps.Sandbox.Aws.Images;
using Task = System.Threading.Tasks.Task;

namespace Barcelona.GitOps.Sandbox.Tests.Aws;

public sealed class StackRollbackTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_creation_that_fails_takes_back_what_it_made()
    {
        await using var host = await AwsHost.StartAsync();
        host.Aws.SeedCluster("default");
        host.Aws.Faults.FailResource("AWS::IAM::Role", "API: iam:CreateRole User is not authorized");

        await host.Stacks.CreateStackAsync(WorkerStack.Create(await WorkerStack.RegisterAsync(host, "acme/worker:1", Cancellation)), Cancellation);
        host.Pass(seconds: 120);

        var stack = await WorkerStack.DescribeAsync(host, Cancellation);
        Assert.Equal(StackStatus.ROLLBACK_COMPLETE, stack.StackStatus);
        var events = (
            await host.Stacks.DescribeStackEventsAsync(new DescribeStackEventsRequest { StackName = WorkerStack.Name }, Cancellation)).StackEvents;
        Assert.Equal("API: iam:CreateRole User is not authorized", events
            .Single(one => one.LogicalResourceId == "TaskRole" && one.ResourceStatus == "CREATE_FAILED").ResourceStatusReason);
        Assert.Equal("Resource creation cancelled", events
            .Single(one => one.LogicalResourceId == "Logs" && one.ResourceStatus == "CREATE_FAILED").ResourceStatusReason);
        Assert.Contains(
            events, one => one.ResourceStatusReason?.StartsWith("The following resource(s) failed to create: [", StringComparison.Ordinal) == true);
        var groups = await host.Logs.DescribeLogGroupsAsync(new Amazon.CloudWatchLogs.Model.DescribeLogGroupsRequest(), Cancellation);
        Assert.Empty(groups.LogGroups);
    }

    [Fact]
    public async Task Tasks_that_do_not_start_trip_the_breaker_and_the_service_and_the_stack_go_back()
    {
        await using var host = await AwsHost.StartAsync();
        var first = await StackLifeCycleTests.CreatedAsync(host);
        host.Aws.Images.Set("acme/worker:2", new ImageBehaviour.StartFails("CannotStartContainerError: exec: \"bin/worker\": no such file"));
        var second = await WorkerStack.RegisterAsync(host, "acme/worker:2", Cancellation);

        await host.Stacks.UpdateStackAsync(WorkerStack.Update(second), Cancellation);
        host.Pass(seconds: 7);
        var deployments = (await WorkerStack.ServiceAsync(host, Cancellation)).Deployments;
        Assert.Equal(second, deployments.Single(deployment => deployment.Status == "PRIMARY").TaskDefinition);
        host.Pass(seconds: 300);

        Assert.Equal(StackStatus.UPDATE_ROLLBACK_COMPLETE, (await WorkerStack.DescribeAsync(host, Cancellation)).StackStatus);
        var service = await WorkerStack.ServiceAsync(host, Cancellation);
        Assert.Equal((first, 2), (service.TaskDefinition, service.RunningCount));
        Assert.Contains("rolling back to deploymentId", service.Deployments.Single().RolloutStateReason, StringComparison.Ordinal);
        var events = (
            await host.Stacks.DescribeStackEventsAsync(new DescribeStackEventsRequest { StackName = WorkerStack.Name }, Cancellation)).StackEvents;
        Assert.Contains("ECS Deployment Circuit Breaker was triggered", events
            .Single(one => one.ResourceStatus == "UPDATE_FAILED").ResourceStatusReason, StringComparison.Ordinal);
        var records = await host.Ecs
            .ListServiceDeploymentsAsync(new ListServiceDeploymentsRequest { Cluster = "default", Service = service.ServiceArn }, Cancellation);
        Assert.Equal("ROLLBACK_SUCCESSFUL", records.ServiceDeployments[0].Status);
    }

    /// <summary>
    /// Each runs for a moment, and ECS begins to count anew.
    /// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html
    /// </summary>
    [Fact]
    public async Task A_crash_loop_without_a_health_check_trips_no_breaker()
    {
        await using var host = await AwsHost.StartAsync();
        await StackLifeCycleTests.CreatedAsync(host);
        host.Aws.Images.Set("acme/worker:2", new ImageBehaviour.CrashLoop(ExitCode: 1, After: TimeSpan.FromSeconds(2)));
        await host.Stacks.UpdateStackAsync(WorkerStack.Update(await WorkerStack.RegisterAsync(host, "acme/worker:2", Cancellation)), Cancellation);

        host.Pass(seconds: 300);

        Assert.Equal(StackStatus.UPDATE_IN_PROGRESS, (await WorkerStack.DescribeAsync(host, Cancellation)).StackStatus);
    }

    [Fact]
    public async Task A_crashed_task_tells_its_exit_code_and_what_it_wrote()
    {
        await using var host = await AwsHost.StartAsync();
        await StackLifeCycleTests.CreatedAsync(host);
        host.Aws.Images
            .Set("acme/worker:2", new ImageBehaviour.CrashLoop(ExitCode: 3, After: TimeSpan.FromSeconds(2)) { LogLines = ["boom: no DATABASE_URL"] });
        await host.Stacks.UpdateStackAsync(WorkerStack.Update(await WorkerStack.RegisterAsync(host, "acme/worker:2", Cancellation)), Cancellation);
        host.Pass(seconds: 15);

        var service = await WorkerStack.ServiceAsync(host, Cancellation);
        var primary = service.Deployments.Single(deployment => deployment.Status == "PRIMARY");
        var stopped = await host.Ecs.ListTasksAsync(
            new ListTasksRequest { Cluster = "default", ServiceName = service.ServiceName, DesiredStatus = Amazon.ECS.DesiredStatus.STOPPED }, Cancellation);
        var tasks = await host.Ecs.DescribeTasksAsync(new DescribeTasksRequest { Cluster = "default", Tasks = stopped.TaskArns }, Cancellation);

        var task = tasks.Tasks.First(task => task.LastStatus == "STOPPED" && task.StartedBy == primary.Id);
        Assert.Equal(("EssentialContainerExited", "Essential container in task exited"), (task.StopCode.Value, task.StoppedReason));
        Assert.Equal(3, task.Containers.Single().ExitCode);
        var stream = $"worker/worker/{task.TaskArn.Split('/')[^1]}";
        var lines = await host.Logs.GetLogEventsAsync(
            new Amazon.CloudWatchLogs.Model.GetLogEventsRequest { LogGroupName = WorkerStack.LogGroup, LogStreamName = stream }, Cancellation);
        Assert.Equal("boom: no DATABASE_URL", lines.Events.Single().Message);
    }

    [Fact]
    public async Task A_first_deployment_has_nothing_to_go_back_to()
    {
        await using var host = await AwsHost.StartAsync();
        host.Aws.SeedCluster("default");
        host.Aws.Images.Set("acme/worker:*", new ImageBehaviour.PullFails("pull image manifest has been retried 1 time(s): not found"));
        await host.Stacks.CreateStackAsync(WorkerStack.Create(await WorkerStack.RegisterAsync(host, "acme/worker:1", Cancellation)), Cancellation);
        host.Pass(seconds: 300);

        Assert.Equal(StackStatus.ROLLBACK_COMPLETE, (await WorkerStack.DescribeAsync(host, Cancellation)).StackStatus);
        var stopped = await host.Ecs
            .ListTasksAsync(new ListTasksRequest { Cluster = "default", DesiredStatus = Amazon.ECS.DesiredStatus.STOPPED }, Cancellation);
        var tasks = await host.Ecs.DescribeTasksAsync(new DescribeTasksRequest { Cluster = "default", Tasks = stopped.TaskArns }, Cancellation);
        Assert.All(tasks.Tasks, task => Assert.Equal("TaskFailedToStart", task.StopCode.Value));
        Assert.All(tasks.Tasks, task => Assert.StartsWith("CannotPullContainerError: ", task.Containers.Single().Reason));
        Assert.All(tasks.Tasks, task => Assert.Null(task.Containers.Single().ExitCode));
    }

    [Fact]
    public async Task A_rollback_that_gets_stuck_goes_on_when_it_is_told_to()
    {
        await using var host = await AwsHost.StartAsync();
        var first = await StackLifeCycleTests.CreatedAsync(host);
        host.Aws.Faults.FailResource("Service", "no luck");
        host.Aws.Faults.RollbackFails(WorkerStack.Name);
        await host.Stacks.UpdateStackAsync(WorkerStack.Update(await WorkerStack.RegisterAsync(host, "acme/worker:2", Cancellation)), Cancellation);
        host.Pass(seconds: 120);
        Assert.Equal(StackStatus.UPDATE_ROLLBACK_FAILED, (await WorkerStack.DescribeAsync(host, Cancellation)).StackStatus);

        await host.Stacks.ContinueUpdateRollbackAsync(new ContinueUpdateRollbackRequest { StackName = WorkerStack.Name }, Cancellation);
        host.Pass(seconds: 120);

        Assert.Equal(StackStatus.UPDATE_ROLLBACK_COMPLETE, (await WorkerStack.DescribeAsync(host, Cancellation)).StackStatus);
        Assert.Equal(first, (await WorkerStack.ServiceAsync(host, Cancellation)).TaskDefinition);
    }

    [Fact]
    public async Task A_cancelled_update_goes_back()
    {
        await using var host = await AwsHost.StartAsync();
        var first = await StackLifeCycleTests.CreatedAsync(host);
        await host.Stacks.UpdateStackAsync(WorkerStack.Update(await WorkerStack.RegisterAsync(host, "acme/worker:2", Cancellation)), Cancellation);
        host.Pass(seconds: 4);

        await host.Stacks.CancelUpdateStackAsync(new CancelUpdateStackRequest { StackName = WorkerStack.Name }, Cancellation);
        host.Pass(seconds: 180);

        Assert.Equal(StackStatus.UPDATE_ROLLBACK_COMPLETE, (await WorkerStack.DescribeAsync(host, Cancellation)).StackStatus);
        var service = await WorkerStack.ServiceAsync(host, Cancellation);
        Assert.Equal((first, 2), (service.TaskDefinition, service.RunningCount));
    }

    [Fact]
    public async Task A_replaced_resource_is_made_first_and_its_old_one_goes_at_the_clean_up()
    {
        await using var host = await AwsHost.StartAsync();
        var definition = await StackLifeCycleTests.CreatedAsync(host);
        var update = WorkerStack.Update(definition);
        // A role's path is create-only.
        update.TemplateBody = WorkerStack.Template(more: new JsonObject
        {
            ["TaskRole"] = WorkerStack.Resource("AWS::IAM::Role",
                new JsonObject { ["AssumeRolePolicyDocument"] = new JsonObject { ["Version"] = "2012-10-17" }, ["Path"] = "/barcelona/" }),
        });

        await host.Stacks.UpdateStackAsync(update, Cancellation);
        host.Pass(seconds: 120);

        var events = (
            await host.Stacks.DescribeStackEventsAsync(new DescribeStackEventsRequest { StackName = WorkerStack.Name }, Cancellation)).StackEvents
            .Where(one => one.LogicalResourceId == "TaskRole").Reverse().Skip(3).ToList();
        Assert.Equal(
            ["UPDATE_IN_PROGRESS", "UPDATE_IN_PROGRESS", "UPDATE_COMPLETE", "DELETE_IN_PROGRESS", "DELETE_COMPLETE"], events
                .Select(one => one.ResourceStatus.Value));
        Assert.StartsWith("Requested update requires the creation of a new physical resource", events[0].ResourceStatusReason);
        Assert.NotEqual(events[1].PhysicalResourceId, events[3].PhysicalResourceId);
        Assert.Equal(StackStatus.UPDATE_COMPLETE, (await WorkerStack.DescribeAsync(host, Cancellation)).StackStatus);
    }
}
