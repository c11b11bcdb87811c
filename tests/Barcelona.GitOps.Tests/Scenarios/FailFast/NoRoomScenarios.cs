namespace Barcelona.GitOps.Tests.Scenarios.FailFast;

/// <summary>
/// Tasks that find no place are none that stop, so that ECS counts no failure and CloudFormation would wait for hours: the time of the deploy ends it.
/// </summary>
public sealed class NoRoomScenarios : FailFastScenario
{
    private const string NoRoom = "There is no room for web: ECS finds no place for its tasks. It was not finished after 30 minutes.";

    [Fact]
    public async Task A_first_deploy_without_room_is_taken_back_when_its_time_is_up_and_the_next_one_waits_for_nothing()
    {
        Stage.Aws.FillCluster("default");

        var bad = await PushAndSettleAsync(Manifests.Shop);

        Assert.Equal($"Failed: {NoRoom} What was made of it is taken away again.", Check(bad).Title);
        Assert.Contains("unable to place a task", Check(bad).Text, StringComparison.Ordinal);
        Assert.Equal(1, Deletions);

        Stage.Aws.SeedInstances("default");
        var before = Stage.Clock.GetUtcNow();
        var next = await PushAndSettleAsync(Manifests.Shop + "# next\n");
        Assert.Equal("success", Check(next).Conclusion);
        Assert.InRange(Stage.Clock.GetUtcNow() - before, TimeSpan.Zero, TimeSpan.FromMinutes(10));
    }

    [Fact]
    public async Task Who_waits_for_a_release_without_room_gives_it_up_when_that_ones_time_is_up()
    {
        Stage.Aws.FillCluster("default");
        var first = await PushAsync(Manifests.Shop);
        await Stage.RunUntilAsync(() => Stage.Aws.Calls.Of("cloudformation", "CreateStack").Count == 2);
        await Stage.RunForAsync(TimeSpan.FromMinutes(3));
        var second = await PushAsync(Manifests.Shop + "# second\n");
        await Stage.RunForAsync(TimeSpan.FromMinutes(20));
        Assert.Equal((0, "cancelled"), (Deletions, Check(first).Conclusion));

        await Stage.RunForAsync(TimeSpan.FromMinutes(8));
        Assert.Equal(1, Deletions);
        Assert.Contains("is given up, its time is up", Check(second).Text ?? "", StringComparison.Ordinal);

        Stage.Aws.SeedInstances("default");
        await Stage.RunUntilQuietAsync();
        Assert.Equal("success", Check(second).Conclusion);
    }

    [Fact]
    public async Task Whoever_cancels_what_waits_ends_what_nobody_looks_after_any_more()
    {
        Stage.Aws.FillCluster("default");
        await PushAsync(Manifests.Shop);
        await Stage.RunUntilAsync(() => Stage.Aws.Calls.Of("cloudformation", "CreateStack").Count == 2);
        await Stage.RunForAsync(TimeSpan.FromSeconds(30));
        var second = await PushAsync(Manifests.Shop + "# second\n");
        await Stage.RunForAsync(TimeSpan.FromMinutes(2));

        await CancelAsync();
        await Stage.RunUntilQuietAsync();

        Assert.Equal(("cancelled", "Cancelled: by maintainer. Nothing runs of default/shop."), (Check(second).Conclusion, Check(second).Title));
        Assert.Equal(1, Deletions);
    }
}
