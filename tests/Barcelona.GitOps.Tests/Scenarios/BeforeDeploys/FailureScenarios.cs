using Barcelona.GitOps.Sandbox.Aws.Faults;
using Barcelona.GitOps.Sandbox.Aws.Images;

namespace Barcelona.GitOps.Tests.Scenarios.BeforeDeploys;

/// <summary>When it does not end well the release stops there, with the cause at its line; what ran before runs.</summary>
public sealed class FailureScenarios : BeforeDeployScenario
{
    public static TheoryData<string, string> Endings => new()
    {
        { "exit", "before_deploy ended with exit code 3." },
        { "not found", "before_deploy ended with exit code 127: there is no such command in the image." },
        { "memory", "before_deploy was killed because it used more memory than its limit: raise memory, or use less." },
        { "pull", "The image of before_deploy could not be pulled: it is not there under this name and tag, or may not be read." },
    };

    [Theory]
    [MemberData(nameof(Endings))]
    public async Task A_bad_end_stops_the_release_before_any_service_changes(string ending, string cause)
    {
        var good = await PushAndSettleAsync(Manifests.Shop);
        var writes = Stage.Aws.Calls.Writes.Count;
        Stage.Aws.Images.SetForOneOffs("acme/shop:*", ending switch
        {
            "exit" => new ImageBehaviour.CrashLoop(3, TimeSpan.FromSeconds(5)),
            "not found" => new ImageBehaviour.CrashLoop(127, TimeSpan.FromSeconds(1)),
            "memory" => new ImageBehaviour.OutOfMemory(TimeSpan.FromSeconds(5)),
            _ => new ImageBehaviour.PullFails("manifest unknown"),
        });

        var bad = await PushAndSettleAsync(Manifests.Migrating);

        await FailedAsync(bad, cause, good);
        Assert.DoesNotContain(Stage.Aws.Calls.Writes.Skip(writes), c => c.Operation == "UpdateStack");
        Assert.Single(Tasks);
    }

    [Fact]
    public async Task Whose_time_is_up_is_stopped_and_its_end_waited_for()
    {
        var good = await PushAndSettleAsync(Manifests.Shop);
        NeverEnds();

        var bad = await PushAndSettleAsync(With("{command: rake db:migrate, timeout: 7m}"));

        await FailedAsync(bad, "before_deploy did not end within 7 min, and was stopped.", good);
        var task = Assert.Single(Tasks);
        Assert.InRange(task.StoppedAt - task.CreatedAt ?? TimeSpan.Zero, TimeSpan.FromMinutes(7), TimeSpan.FromMinutes(8));
    }

    [Fact]
    public async Task That_it_is_to_stop_is_said_until_ECS_has_heard_it()
    {
        var good = await PushAndSettleAsync(Manifests.Shop);
        NeverEnds();
        Stage.Aws.Faults.Throttle(new FaultMatch("ecs", "StopTask") { Times = 8 });

        var bad = await PushAndSettleAsync(With("{command: rake db:migrate, timeout: 7m}"));

        await FailedAsync(bad, "before_deploy did not end within 7 min, and was stopped.", good);
        Assert.True(Stage.Aws.Calls.Of("ecs", "StopTask").Count > 1);
        Assert.NotNull(Assert.Single(Tasks).StoppedAt);
    }

    [Fact]
    public async Task Stopped_by_hand_it_has_not_done_its_work()
    {
        var good = await PushAndSettleAsync(Manifests.Shop);
        NeverEnds();
        var bad = await PushAsync(Manifests.Migrating);
        await Stage.RunForAsync(TimeSpan.FromMinutes(2));

        using var ecs = Ecs();
        await ecs.StopTaskAsync(new() { Cluster = "default", Task = Assert.Single(Tasks).Arn, Reason = "it blocks the others" }, Stop);
        await Stage.RunUntilQuietAsync();

        await FailedAsync(bad, "before_deploy was stopped from outside before it had ended: it blocks the others.", good);
    }

    [Fact]
    public async Task For_a_place_in_the_cluster_it_waits()
    {
        Stage.Aws.Faults.FailPlacement("RESOURCE:MEMORY", times: 5);

        var sha = await PushAndSettleAsync(Manifests.Migrating);

        Assert.Equal("success", Check(sha).Conclusion);
        Assert.Single(Tasks);
        Assert.Equal(6, Stage.Aws.Calls.Of("ecs", "RunTask").Select(c => (string?)c.Request["clientToken"]).Distinct().Count());
        Assert.Contains("before_deploy: waits for a place: RESOURCE:MEMORY", TextOf(Check(sha)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_place_that_never_comes_is_said()
    {
        var good = await PushAndSettleAsync(Manifests.Shop);
        Stage.Aws.Faults.FailPlacement("RESOURCE:MEMORY", times: 10_000);

        var bad = await PushAndSettleAsync(Manifests.Migrating);

        await FailedAsync(bad, "before_deploy found no place to run within 20 min: RESOURCE:MEMORY.", good);
        Assert.Empty(Tasks);
    }

    [Fact]
    public async Task A_cluster_without_instances_is_waited_for_too()
    {
        Stage.Aws.Faults.Error(
            new FaultMatch("ecs", "RunTask") { Times = 4 }, "InvalidParameterException", "No Container Instances were found in your cluster.");

        Assert.Equal("success", Check(await PushAndSettleAsync(Manifests.Migrating)).Conclusion);
    }

    [Fact]
    public async Task What_ECS_will_not_run_ends_the_run_in_its_words()
    {
        var good = await PushAndSettleAsync(Manifests.Shop);
        Stage.Aws.Faults.Error(new FaultMatch("ecs", "RunTask") { Times = 100 }, "BlockedException", "Your account has been blocked.");

        var bad = await PushAndSettleAsync(Manifests.Migrating);

        await FailedAsync(bad, "ECS refuses to run before_deploy: Your account has been blocked.", good);
        Assert.Single(Stage.Aws.Calls.Of("ecs", "RunTask"));
    }

    [Fact]
    public async Task A_right_that_is_lacking_is_named()
    {
        Stage.Aws.Faults.Error(
            new FaultMatch("ecs", "RunTask") { Times = 100 },
            "AccessDeniedException",
            "User: barcelona is not authorized to perform: ecs:RunTask on resource: x");

        var sha = await PushAndSettleAsync(Manifests.Migrating);

        Assert.Equal("failure", Check(sha).Conclusion);
        Assert.Contains("ecs:RunTask", Check(sha).Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_look_that_is_denied_for_a_while_ends_no_migration()
    {
        await PushAndSettleAsync(Manifests.Shop);
        Ends(exitCode: 0, seconds: 60);
        var sha = await PushAsync(Manifests.Migrating);
        await Stage.RunUntilAsync(() => Tasks.Count > 0);

        Stage.Aws.Faults.Error(
            new FaultMatch("ecs", "DescribeTasks") { Times = 2 },
            "AccessDeniedException",
            "User: barcelona is not authorized to perform: ecs:DescribeTasks on resource: x");
        await Stage.RunUntilQuietAsync();

        Assert.Single(Tasks);
        Assert.Equal("success", Check(sha).Conclusion);
    }

    private async Task FailedAsync(string sha, string cause, string before)
    {
        var check = Check(sha);
        Assert.Equal(("failure", $"Failed: {cause} No service was changed."), (check.Conclusion, check.Title));
        Assert.Equal("failure", Shop.Deployments[^1].Statuses[^1].State);
        Assert.Contains(check.Annotations, a => a is { StartLine: 6, Level: "failure", Title: "BCN750" });
        Assert.Equal([$"acme/shop:{before}"], await Checks.Serving.ImagesBehindAsync(Stage, "web"));
    }
}
