using Barcelona.GitOps.Sandbox.Aws.Scaling;

namespace Barcelona.GitOps.Tests.Scenarios.Services;

/// <summary>The number of tasks belongs to autoscaling: deploys set its bounds, and leave the number alone.</summary>
public sealed class ScalingScenarios : ServiceScenario
{
    private const string Scaling = "        autoscaling: {min: 2, max: 4, cpu: 60, requests: 1000}\n";

    private static readonly string Scaled = Manifest($"""
              - name: web
                service_type: web
                cpu: 32
                memory: 128
                command: bin/web
        {Scaling.TrimEnd()}
                listeners: [{"{endpoint: demo-endpoint}"}]
        """);

    private ScaledService Target => Assert.Single(Stage.Aws.ScaledServices);

    [Fact]
    public async Task Scaling_is_set_up_with_the_service_and_a_second_push_writes_nothing()
    {
        var fixedImage = Scaled.Replace("image_name: acme/shop", "image_name: acme/shop\n    image_tag: stable", StringComparison.Ordinal);
        var sha = await PushAndSettleAsync(fixedImage);

        Assert.Equal("success", Check(sha).Conclusion);
        var service = await ServiceAsync("Web");
        Assert.Equal(($"service/default/{service.ServiceName}", 2, 4), (Target.ResourceId, Target.Min, Target.Max));
        Assert.Equal(2, service.RunningCount);
        Assert.Equal(
            [("ALBRequestCountPerTarget", 1000d), ("ECSServiceAverageCPUUtilization", 60d)],
            Target.Metrics.Select(m => (m.Metric, m.Value)).Order());
        var label = Assert.Single(Target.Metrics, m => m.Label is not null).Label ?? "";
        Assert.Matches("^app/demo-endpoint/[0-9a-f]{16}/targetgroup/[^/]+/[0-9a-f]{16}$", label);
        var writes = Stage.Aws.Calls.Writes.Count;

        var again = await PushAndSettleAsync(fixedImage + "# again\n");

        Assert.Equal("success", Check(again).Conclusion);
        Assert.Empty(Stage.Aws.Calls.Writes.Skip(writes).Select(c => c.ToString()));
    }

    [Fact]
    public async Task A_deploy_keeps_the_number_that_autoscaling_has_chosen()
    {
        await PushAndSettleAsync(Scaled);
        await SetCountAsync("Web", 4);

        var sha = await PushAndSettleAsync(Scaled + "# again\n");

        Assert.Equal("success", Check(sha).Conclusion);
        Assert.Equal((4, 4), ((await ServiceAsync("Web")).DesiredCount, (await ServiceAsync("Web")).RunningCount));
    }

    [Fact]
    public async Task Scaling_in_the_middle_of_a_deploy_changes_nothing_about_its_verdict()
    {
        await PushAndSettleAsync(Scaled);
        var sha = await PushAsync(Scaled + "# again\n");
        await Stage.RunForAsync(TimeSpan.FromSeconds(12));
        Assert.NotEqual("completed", Check(sha).Status);

        await SetCountAsync("Web", 4);
        await Stage.RunUntilQuietAsync();

        Assert.Equal("success", Check(sha).Conclusion);
        Assert.Equal(4, (await ServiceAsync("Web")).RunningCount);
    }

    [Fact]
    public async Task Other_bounds_and_metrics_are_changed_in_place_and_hold_at_once()
    {
        await PushAndSettleAsync(Scaled);
        var before = await ServiceAsync("Web");

        var sha = await PushAndSettleAsync(
            Scaled.Replace(Scaling, "        autoscaling: {min: 3, max: 8, cpu: 50, memory: 70}\n", StringComparison.Ordinal));

        Assert.Equal("success", Check(sha).Conclusion);
        Assert.Contains("MaxCapacity: 4 → 8", Check(sha).Text, StringComparison.Ordinal);
        Assert.Equal((3, 8), (Target.Min, Target.Max));
        Assert.Equal(
            [("ECSServiceAverageCPUUtilization", 50d), ("ECSServiceAverageMemoryUtilization", 70d)],
            Target.Metrics.Select(m => (m.Metric, m.Value)).Order());
        var after = await ServiceAsync("Web");
        Assert.Equal((before.ServiceArn, 3), (after.ServiceArn, after.DesiredCount));
    }

    [Fact]
    public async Task Without_autoscaling_the_number_stays_as_it_was()
    {
        await PushAndSettleAsync(Scaled);
        await SetCountAsync("Web", 3);

        var sha = await PushAndSettleAsync(Scaled.Replace(Scaling, "", StringComparison.Ordinal));

        Assert.Equal("success", Check(sha).Conclusion);
        Assert.Empty(Stage.Aws.ScaledServices);
        Assert.Equal((3, 3), ((await ServiceAsync("Web")).DesiredCount, (await ServiceAsync("Web")).RunningCount));
    }

    [Fact]
    public async Task A_count_that_gives_way_to_autoscaling_is_where_it_begins()
    {
        await PushAndSettleAsync(Scaled.Replace(Scaling, "        count: 3\n", StringComparison.Ordinal));

        var sha = await PushAndSettleAsync(Scaled);

        Assert.Equal("success", Check(sha).Conclusion);
        Assert.Equal((3, 2, 4), ((await ServiceAsync("Web")).DesiredCount, Target.Min, Target.Max));
    }

    [Fact]
    public async Task Requests_that_nothing_counts_are_an_error_in_the_file()
    {
        var sha = await PushAndSettleAsync(Manifest("      - {name: worker, command: bin/work, autoscaling: {min: 1, max: 2, requests: 100}}"));

        Assert.Contains(
            Check(sha, "barcelona").Annotations,
            a => a is { StartLine: 7, Level: "failure" } && a.Message.Contains("counts requests", StringComparison.Ordinal));
        Assert.Empty(Stage.Aws.Calls.Writes);
    }
}
