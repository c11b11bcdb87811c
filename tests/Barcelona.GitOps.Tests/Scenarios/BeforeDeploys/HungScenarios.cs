namespace Barcelona.GitOps.Tests.Scenarios.BeforeDeploys;

/// <summary>A migration that hangs is stopped once its time is up, whoever failed to look in time, and holds up no later release.</summary>
public sealed class HungScenarios : BeforeDeployScenario
{
    private const string Stopped = "Failed: before_deploy did not end within 20 min, and was stopped. No service was changed.";

    [Fact]
    public async Task It_is_stopped_though_the_service_was_away_until_after_the_deadline()
    {
        await PushAndSettleAsync(Manifests.Shop);
        NeverEnds();
        var hung = await PushAsync(Manifests.Migrating);
        await AwayAsync();

        await Stage.RunUntilQuietAsync();

        Assert.Equal(Stopped, Check(hung).Title);
        Assert.NotNull(Assert.Single(Tasks).StoppedAt);
        Ends(0);
        var next = await PushAndSettleAsync(Manifests.Migrating + "# next\n");
        Assert.Equal("success", Check(next).Conclusion);
    }

    /// <summary>The release that was migrated for gets back the time that it had left.</summary>
    [Theory]
    [InlineData(0, "success", "Deployed SHA to default/shop")]
    [InlineData(4, "failure", "Failed: before_deploy ended with exit code 4. No service was changed.")]
    public async Task One_that_ended_by_itself_meanwhile_is_judged_by_its_exit_code(int exitCode, string conclusion, string title)
    {
        await PushAndSettleAsync(Manifests.Shop);
        Ends(exitCode, seconds: 80 * 60);
        var sha = await PushAsync(Manifests.Migrating);
        await AwayAsync();

        await Stage.RunUntilQuietAsync();

        Assert.Equal((conclusion, title.Replace("SHA", sha[..7], StringComparison.Ordinal)), (Check(sha).Conclusion, Check(sha).Title));
        Assert.Single(Tasks);
    }

    /// <summary>Its own run could not stop it, and is over.</summary>
    [Fact]
    public async Task One_that_was_left_behind_is_stopped_by_the_next_release()
    {
        await PushAndSettleAsync(Manifests.Shop);
        NeverEnds();
        DenyStops();
        var hung = await PushAndSettleAsync(Manifests.Migrating);
        Assert.Equal("failure", Check(hung).Conclusion);
        Assert.Null(Assert.Single(Tasks).StoppedAt);
        Stage.Aws.Faults.Clear();
        Ends(0);

        var next = await PushAndSettleAsync(Manifests.Migrating + "# next\n");

        Assert.Equal("success", Check(next).Conclusion);
        Assert.Contains("before_deploy: told task", TextOf(Check(next)), StringComparison.Ordinal);
        Assert.True(Tasks[0].StoppedAt <= Tasks[1].CreatedAt);
    }

    [Fact]
    public async Task One_whose_release_is_refused_meanwhile_is_stopped_when_its_time_is_up()
    {
        await PushAndSettleAsync(Manifests.Shop);
        NeverEnds();
        var hung = await PushAsync(Manifests.Migrating);
        await Stage.RunUntilAsync(() => Tasks.Count == 1);
        Stage.District.Write(text => text.Replace("acme/*", "others/*", StringComparison.Ordinal));

        await Stage.RunUntilQuietAsync();

        Assert.Equal(Stopped, Check(hung).Title);
        var task = Assert.Single(Tasks);
        Assert.InRange(task.StoppedAt - task.CreatedAt ?? TimeSpan.Zero, TimeSpan.FromMinutes(20), TimeSpan.FromMinutes(22));
    }

    /// <summary>How long it may be is nobody's to know: a person has to say so, and reads of which task.</summary>
    [Fact]
    public async Task One_that_nobody_remembers_is_left_to_a_person_who_hears_of_it()
    {
        NeverEnds();
        await PushAsync(Manifests.Migrating);
        await Stage.RunForAsync(TimeSpan.FromMinutes(1));
        await Stage.StopServiceAsync();
        Stage.LoseDatabase();
        await Stage.StartServiceAsync();

        var sha = await PushAndSettleAsync(Manifests.Migrating + "# newest\n");

        var task = Assert.Single(Tasks);
        Assert.Null(task.StoppedAt);
        Assert.Equal("failure", Check(sha).Conclusion);
        Assert.Contains($"task {task.Arn.Split('/')[^1]}", Check(sha).Title + Check(sha).Summary, StringComparison.Ordinal);
        Assert.Contains("a person may stop it", Check(sha).Title + Check(sha).Summary, StringComparison.Ordinal);
    }

    private async Task AwayAsync()
    {
        await Stage.RunUntilAsync(() => Tasks.Count == 1);
        await Stage.StopServiceAsync();
        Stage.Clock.Advance(TimeSpan.FromMinutes(90));
        await Stage.StartServiceAsync();
    }
}
