using Amazon.CloudWatchLogs.Model;
using Amazon.ECS;
using Amazon.ECS.Model;
using Barcelona.GitOps.Sandbox.Aws.Images;
using Task = System.Threading.Tasks.Task;

namespace Barcelona.GitOps.Sandbox.Tests.Aws;

/// <summary>RunTask, as strict as the real one.</summary>
public sealed class RunTaskTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_token_is_one_call_for_a_day()
    {
        await using var host = await AwsHost.StartAsync();
        var request = await RequestAsync(host);
        request.ClientToken = "once";

        var first = (await host.Ecs.RunTaskAsync(request, Cancellation)).Tasks.Single().TaskArn;
        var again = (await host.Ecs.RunTaskAsync(request, Cancellation)).Tasks.Single().TaskArn;
        request.StartedBy = "somebody-else";
        await Assert.ThrowsAsync<ConflictException>(() => host.Ecs.RunTaskAsync(request, Cancellation));
        host.Pass(seconds: 25 * 3600);
        var later = (await host.Ecs.RunTaskAsync(request, Cancellation)).Tasks.Single().TaskArn;

        Assert.Equal(first, again);
        Assert.NotEqual(first, later);
        Assert.Equal(2, host.Aws.OneOffTasks.Count);
    }

    [Fact]
    public async Task A_token_is_forgotten_an_hour_after_the_end_of_its_task()
    {
        await using var host = await AwsHost.StartAsync();
        var request = await RequestAsync(host);
        request.ClientToken = "once";
        var first = (await host.Ecs.RunTaskAsync(request, Cancellation)).Tasks.Single().TaskArn;
        host.Pass(seconds: 60);
        await host.Ecs.StopTaskAsync(new StopTaskRequest { Cluster = "default", Task = first }, Cancellation);
        host.Pass(seconds: 55 * 60);
        var again = (await host.Ecs.RunTaskAsync(request, Cancellation)).Tasks.Single().TaskArn;
        host.Pass(seconds: 10 * 60);
        var later = (await host.Ecs.RunTaskAsync(request, Cancellation)).Tasks.Single().TaskArn;

        Assert.Equal(first, again);
        Assert.NotEqual(first, later);
    }

    [Fact]
    public async Task Tasks_are_listed_by_who_started_them_or_by_something_else()
    {
        await using var host = await AwsHost.StartAsync();
        var request = await RequestAsync(host);
        request.StartedBy = "release-1";
        var task = (await host.Ecs.RunTaskAsync(request, Cancellation)).Tasks.Single().TaskArn;

        var found = await host.Ecs.ListTasksAsync(new ListTasksRequest { Cluster = "default", StartedBy = "release-1" }, Cancellation);
        Assert.Equal([task], found.TaskArns);
        await Assert.ThrowsAsync<Amazon.ECS.Model.InvalidParameterException>(() => host.Ecs.ListTasksAsync(
            new ListTasksRequest { Cluster = "default", StartedBy = "release-1", DesiredStatus = DesiredStatus.STOPPED }, Cancellation));
    }

    [Theory]
    [InlineData("with spaces", "token", null)]
    [InlineData("release-1", "a token", null)]
    [InlineData("release-1", "token", "FARGATE")]
    public async Task What_it_does_not_take_it_refuses(string startedBy, string token, string? launchType)
    {
        await using var host = await AwsHost.StartAsync();
        var request = await RequestAsync(host);
        (request.StartedBy, request.ClientToken, request.LaunchType) = (startedBy, token, launchType);

        await Assert.ThrowsAsync<Amazon.ECS.Model.InvalidParameterException>(() => host.Ecs.RunTaskAsync(request, Cancellation));
    }

    [Fact]
    public async Task Without_a_place_it_answers_with_failures_and_starts_nothing()
    {
        await using var host = await AwsHost.StartAsync();
        var request = await RequestAsync(host);
        host.Aws.Faults.FailPlacement("RESOURCE:CPU");

        var none = await host.Ecs.RunTaskAsync(request, Cancellation);
        var one = await host.Ecs.RunTaskAsync(request, Cancellation);

        Assert.Equal((0, "RESOURCE:CPU"), (none.Tasks.Count, Assert.Single(none.Failures).Reason));
        Assert.Single(one.Tasks);
        Assert.Single(host.Aws.OneOffTasks);
    }

    [Fact]
    public async Task A_container_finds_its_variables_and_secrets()
    {
        await using var host = await AwsHost.StartAsync();
        var secret = host.Aws.SeedSecret("shop/password", "from-the-secret");
        host.Aws.SeedParameter("/shop/url", "from-the-parameter");
        host.Aws.Images.Set("acme/worker:1", new ImageBehaviour.Healthy { LogLines = ["$PLAIN, $SECRET, $PARAMETER, $NONE."] });
        var request = await RequestAsync(host, container =>
        {
            container.Environment = [new() { Name = "PLAIN", Value = "plain" }];
            container.Secrets = [new() { Name = "SECRET", ValueFrom = secret }, new() { Name = "PARAMETER", ValueFrom = "/shop/url" }];
        });

        var task = (await host.Ecs.RunTaskAsync(request, Cancellation)).Tasks.Single().TaskArn;
        host.Pass(seconds: 60);

        var lines = await host.Logs.GetLogEventsAsync(
            new GetLogEventsRequest { LogGroupName = WorkerStack.LogGroup, LogStreamName = $"worker/worker/{task.Split('/')[^1]}" }, Cancellation);
        Assert.Equal("plain, from-the-secret, from-the-parameter, .", lines.Events.Single().Message);
    }

    private static async Task<RunTaskRequest> RequestAsync(AwsHost host, Action<ContainerDefinition>? change = null)
    {
        host.Aws.SeedCluster("default");
        await host.Logs.CreateLogGroupAsync(new CreateLogGroupRequest { LogGroupName = WorkerStack.LogGroup }, Cancellation);
        var definition = WorkerStack.Definition("acme/worker:1");
        change?.Invoke(definition.ContainerDefinitions[0]);
        var registered = await host.Ecs.RegisterTaskDefinitionAsync(definition, Cancellation);
        return new RunTaskRequest { Cluster = "default", TaskDefinition = registered.TaskDefinition.TaskDefinitionArn };
    }
}
