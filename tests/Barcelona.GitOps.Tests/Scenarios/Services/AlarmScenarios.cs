using Barcelona.GitOps.Sandbox.Aws.Images;

namespace Barcelona.GitOps.Tests.Scenarios.Services;

/// <summary>Alarms that a deployment goes by: one that goes off takes it back, and the verdict names it.</summary>
public sealed class AlarmScenarios : ServiceScenario
{
    private const string Alarms = ", deployment: {alarms: [HighErrorRate, Latency]}";

    private static readonly string Watched = Manifest("      - {name: worker, memory: 256, command: bin/work" + Alarms + "}");

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Stage.Aws.SetAlarm("HighErrorRate", "OK");
        Stage.Aws.SetAlarm("Latency", "INSUFFICIENT_DATA");
    }

    [Fact]
    public async Task An_alarm_that_goes_off_takes_the_deployment_back_and_is_named()
    {
        var good = await PushAndSettleAsync(Watched);
        var before = (await ServiceAsync("Worker")).TaskDefinition;

        var bad = await PushAsync(Watched + "# bad\n");
        await Stage.RunForAsync(TimeSpan.FromSeconds(25));
        Stage.Aws.SetAlarm("HighErrorRate", "ALARM");
        await Stage.RunUntilQuietAsync();

        Assert.Equal("success", Check(good).Conclusion);
        Assert.Equal(
            ("failure", "Failed: The alarm HighErrorRate went off while worker was deployed. ECS, by the alarm, went back to what ran before."),
            (Check(bad).Conclusion, Check(bad).Title));
        Assert.Contains("alarm HighErrorRate", Check(bad).Text, StringComparison.Ordinal);
        Assert.Equal(before, (await ServiceAsync("Worker")).TaskDefinition);
    }

    [Fact]
    public async Task A_deploy_is_not_done_before_its_alarms_have_been_watched()
    {
        var sha = await PushAsync(Watched);
        await Stage.RunForAsync(TimeSpan.FromSeconds(40));
        var service = await ServiceAsync("Worker");
        Assert.Equal((1, "IN_PROGRESS"), (service.RunningCount, service.Deployments[0].RolloutState.Value));
        Assert.NotEqual("completed", Check(sha).Status);

        await Stage.RunUntilQuietAsync();

        Assert.Equal("success", Check(sha).Conclusion);
    }

    [Fact]
    public async Task A_first_deploy_that_an_alarm_ends_has_nothing_to_go_back_to_and_says_alarm()
    {
        var sha = await PushAsync(Watched);
        await Stage.RunForAsync(TimeSpan.FromSeconds(35));
        Stage.Aws.SetAlarm("Latency", "ALARM");
        await Stage.RunUntilQuietAsync();

        Assert.Equal("failure", Check(sha).Conclusion);
        Assert.Equal(
            "Failed: An alarm went off while ServiceWorker was deployed. "
            + "ECS, by the alarm, ended it, and CloudFormation took back what was made of it.",
            Check(sha).Title);
    }

    /// <summary>An older deployment's alarm is no cause of what fails later.</summary>
    [Fact]
    public async Task A_breaker_that_trips_after_an_alarm_has_gone_off_once_is_told_apart()
    {
        var good = await PushAndSettleAsync(Watched);
        var before = (await ServiceAsync("Worker")).TaskDefinition;
        await PushAsync(Watched + "# bad\n");
        await Stage.RunForAsync(TimeSpan.FromSeconds(25));
        Stage.Aws.SetAlarm("HighErrorRate", "ALARM");
        await Stage.RunUntilQuietAsync();
        Stage.Aws.SetAlarm("HighErrorRate", "OK");

        // What may pass is never given up by us: after three tasks ECS ends it.
        Stage.Aws.Images.Set("acme/shop:*", new ImageBehaviour.PullFails("toomanyrequests: You have reached your pull rate limit."));
        Stage.Aws.Images.Set($"acme/shop:{good}", new ImageBehaviour.Healthy());
        var other = await PushAndSettleAsync(Watched + "# worse\n");

        Assert.Equal(
            "Failed: The image of worker could not be pulled: its registry could not be reached from the tasks' network, or asked to wait. "
            + "ECS's circuit breaker went back to what ran before.",
            Check(other).Title);
        Assert.DoesNotContain("alarm", $"{Check(other).Title}{Check(other).Text}", StringComparison.OrdinalIgnoreCase);
        Assert.Equal(before, (await ServiceAsync("Worker")).TaskDefinition);
    }

    [Fact]
    public async Task A_resource_that_fails_after_an_alarm_has_gone_off_once_is_told_apart()
    {
        await PushAndSettleAsync(Watched);
        await PushAsync(Watched + "# bad\n");
        await Stage.RunForAsync(TimeSpan.FromSeconds(25));
        Stage.Aws.SetAlarm("HighErrorRate", "ALARM");
        await Stage.RunUntilQuietAsync();
        Stage.Aws.SetAlarm("HighErrorRate", "OK");

        Stage.Aws.Faults.FailResource("ServiceWorker", "Something else.");
        var other = await PushAndSettleAsync(Watched + "# worse\n");

        Assert.Equal(
            "Failed: CloudFormation could not make or change ServiceWorker. CloudFormation went back to what ran before.", Check(other).Title);
    }

    [Fact]
    public async Task Tasks_that_crash_while_no_alarm_goes_off_are_still_the_cause()
    {
        var good = await PushAndSettleAsync(Watched);
        Stage.Aws.Images.Set("acme/shop:*", new ImageBehaviour.CrashLoop(ExitCode: 3, TimeSpan.FromSeconds(1)));
        Stage.Aws.Images.Set($"acme/shop:{good}", new ImageBehaviour.Healthy());

        var bad = await PushAndSettleAsync(Watched + "# bad\n");

        Assert.Contains("exit code 3", Check(bad).Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Alarms_that_leave_the_file_take_no_later_deployment_back()
    {
        await PushAndSettleAsync(Watched);
        await PushAndSettleAsync(Watched.Replace(Alarms, "", StringComparison.Ordinal));
        var alarms = (await ServiceAsync("Worker")).DeploymentConfiguration.Alarms;
        Assert.False(alarms.Enable);

        var sha = await PushAsync(Watched.Replace(Alarms, "", StringComparison.Ordinal) + "# again\n");
        await Stage.RunForAsync(TimeSpan.FromSeconds(10));
        Stage.Aws.SetAlarm("HighErrorRate", "ALARM");
        await Stage.RunUntilQuietAsync();

        Assert.Equal("success", Check(sha).Conclusion);
    }

    [Fact]
    public async Task An_alarm_that_does_not_exist_is_said_in_the_words_of_ECS()
    {
        var sha = await PushAndSettleAsync(Watched.Replace("Latency", "Latenzy", StringComparison.Ordinal));

        Assert.Equal("failure", Check(sha).Conclusion);
        Assert.StartsWith("Failed: ECS refused the alarms of ServiceWorker", Check(sha).Title, StringComparison.Ordinal);
        Assert.Contains("[Latenzy]", Check(sha).Text, StringComparison.Ordinal);
    }
}
