using Amazon.CloudFormation;
using Amazon.ECS;
using Amazon.Runtime;
using Barcelona.GitOps.Sandbox.Aws.Faults;
using Barcelona.GitOps.Sandbox.Aws.Images;
using Barcelona.GitOps.Sandbox.Aws.Schedules;
using Barcelona.GitOps.Tests.Aws;

namespace Barcelona.GitOps.Tests.Scenarios.Schedules;

/// <summary>Scheduled tasks run what is released, and say so when they do not run. The stage begins at nine in the morning, UTC.</summary>
public sealed class ScheduleScenarios : Scenario
{
    private const string AppStack = "barcelona-app--default--shop";

    private const string Hourly = """
        environments:
          production:
            name: shop
            district: default
            image_name: acme/shop
            scheduled_tasks:
              - {name: report, schedule: rate(1 hour), command: bin/report --all, cpu: 128, memory: 256, retries: 2}
            services:
              - {name: worker, memory: 256, command: bundle exec sidekiq}

        """;

    private static readonly string Alone = Hourly.Split("    services:")[0];

    private static readonly BasicAWSCredentials Credentials = new("AKIASANDBOX", "secret");

    private IEnumerable<ScheduledStart> Starts => Stage.Aws.ScheduledStarts;

    [Fact]
    public async Task A_schedule_runs_the_image_that_is_released_at_the_time()
    {
        var first = await PushAndSettleAsync(Hourly);
        Stage.Clock.Advance(TimeSpan.FromHours(1));
        var before = Assert.Single(Starts);

        var second = await PushAndSettleAsync(Hourly + "# again\n");
        Stage.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(("success", "success"), (Check(first).Conclusion, Check(second).Conclusion));
        Assert.Null(before.Error);
        Assert.Equal([$"acme/shop:{first}"], before.Images.Select(Stage.Registry.Readable));
        Assert.Equal(
            [$"acme/shop:{first}", $"acme/shop:{second}"], Starts.SelectMany(s => s.Images).Select(Stage.Registry.Readable).ToArray());
        Assert.Equal(2, Stage.Aws.Calls.Of("cloudformation", "CreateStack").Count);
    }

    [Fact]
    public async Task An_application_of_scheduled_tasks_alone_is_deployed_without_a_service()
    {
        var sha = await PushAndSettleAsync(
            Alone.Replace("rate(1 hour)", "\"cron(30 18 * * ? *)\", timezone: Asia/Tokyo", StringComparison.Ordinal));
        Stage.Clock.Advance(TimeSpan.FromMinutes(31));

        Assert.Equal(("success", $"Deployed {sha[..7]} to default/shop"), (Check(sha).Conclusion, Check(sha).Title));
        var start = Assert.Single(Starts);
        Assert.Equal((9, 30, null), (start.At.Hour, start.At.Minute, start.Error));
        Assert.Equal("default--shop--report:1", start.TaskDefinition.Split('/')[^1]);
    }

    /// <summary>One release, all or nothing: a service that does not start keeps the schedule at what it had.</summary>
    [Fact]
    public async Task A_release_that_is_rolled_back_takes_its_schedules_along()
    {
        var first = await PushAndSettleAsync(Hourly);
        Stage.Aws.Images.Set("acme/shop:*", new ImageBehaviour.CrashLoop(ExitCode: 1, After: TimeSpan.FromSeconds(2)));
        Stage.Aws.Images.Set($"acme/shop:{first}", new ImageBehaviour.Healthy());
        var second = await PushAndSettleAsync(Hourly + "# again\n");
        Stage.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(("success", "failure"), (Check(first).Conclusion, Check(second).Conclusion));
        Assert.All(Starts, s => Assert.Equal([$"acme/shop:{first}"], s.Images.Select(Stage.Registry.Readable)));
        Assert.NotEmpty(Starts);
    }

    [Fact]
    public async Task A_start_that_fails_is_tried_again_and_ends_in_the_queue()
    {
        var sha = await PushAndSettleAsync(Hourly);
        Stage.Aws.Faults.Error(new FaultMatch("ecs", "RunTask") { Times = 3 }, "ClusterNotFoundException", "Cluster not found.");
        Stage.Clock.Advance(TimeSpan.FromMinutes(90));

        Assert.Equal("success", Check(sha).Conclusion);
        Assert.Equal(3, Starts.Count(s => s.Error is not null));
        var letter = Assert.Single(Stage.Aws.DeadLetters);
        Assert.Contains($":{AppStack}-DeadLetters-", letter.Queue, StringComparison.Ordinal);
        Assert.Equal(("ClusterNotFoundException", "2"), (letter.Attributes["ERROR_CODE"], letter.Attributes["RETRY_ATTEMPTS"]));
    }

    [Fact]
    public async Task A_start_that_fails_less_often_than_it_is_tried_runs_late()
    {
        await PushAndSettleAsync(Hourly);
        Stage.Aws.Faults.Throttle(new FaultMatch("ecs", "RunTask") { Times = 2 });
        Stage.Clock.Advance(TimeSpan.FromMinutes(90));

        Assert.Equal([false, false, true], Starts.Select(s => s.Error is null));
        Assert.Empty(Stage.Aws.DeadLetters);
    }

    [Fact]
    public async Task Somebody_elses_task_definition_gets_the_command_and_keeps_its_image()
    {
        using var ecs = Ecs();
        await ecs.RegisterTaskDefinitionAsync(
            new() { Family = "data-sync", ContainerDefinitions = [new() { Name = "data-sync", Image = "acme/data-sync:7", Memory = 128 }] }, Stop);

        var sha = await PushAndSettleAsync(Alone.Replace("cpu: 128, memory: 256", "external_task_def: data-sync", StringComparison.Ordinal));
        Stage.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal("success", Check(sha).Conclusion);
        var start = Assert.Single(Starts);
        Assert.Null(start.Error);
        Assert.Equal(["acme/data-sync:7"], start.Images);
        var running = await ecs.ListTasksAsync(new() { Cluster = "default", Family = "data-sync", DesiredStatus = "STOPPED" }, Stop);
        var task = Assert.Single((await ecs.DescribeTasksAsync(new() { Cluster = "default", Tasks = running.TaskArns }, Stop)).Tasks);
        Assert.Equal(["bin/report", "--all"], Assert.Single(task.Overrides.ContainerOverrides).Command);
    }

    /// <summary>AWS would refuse it when its image changes, and with it the whole release.</summary>
    [Fact]
    public async Task What_was_to_run_once_and_is_over_stands_in_no_releases_way()
    {
        var once = Hourly.Replace("rate(1 hour)", "\"at(2026-04-01T09:30:00)\"", StringComparison.Ordinal);
        await PushAndSettleAsync(once);
        Stage.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Single(Starts);

        var sha = await PushAndSettleAsync(once + "# again\n");
        Stage.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal("success", Check(sha).Conclusion);
        Assert.Contains(Check(sha).Annotations, a => a is { StartLine: 7, Level: "warning" } && a.Message.Contains("is over", StringComparison.Ordinal));
        Assert.Single(Starts);
    }

    [Fact]
    public async Task Schedules_that_leave_the_file_leave_AWS_with_their_queue_and_role()
    {
        await PushAndSettleAsync(Hourly);
        var sha = await PushAndSettleAsync(Hourly.Split("    scheduled_tasks:")[0] + "    services:" + Hourly.Split("    services:")[1]);
        Stage.Clock.Advance(TimeSpan.FromHours(2));

        Assert.Equal("success", Check(sha).Conclusion);
        Assert.Empty(Starts);
        using var stacks = new AmazonCloudFormationClient(
            Credentials, new AmazonCloudFormationConfig { ServiceURL = Stage.Sandbox.AwsUrl.ToString(), AuthenticationRegion = AwsHarness.Region });
        var resources = await stacks.ListStackResourcesAsync(new() { StackName = AppStack }, Stop);
        Assert.Equal(
            ["ServiceWorker"], resources.StackResourceSummaries.Where(r => r.ResourceStatus != "DELETE_COMPLETE").Select(r => r.LogicalResourceId));
    }

    /// <summary>Somebody beside the service, in the same account.</summary>
    private AmazonECSClient Ecs() =>
        new(Credentials, new AmazonECSConfig { ServiceURL = Stage.Sandbox.AwsUrl.ToString(), AuthenticationRegion = AwsHarness.Region });
}
