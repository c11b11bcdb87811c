using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Templates;
using Barcelona.GitOps.Reconciliation.Acts;
using Barcelona.GitOps.Storage.History;
using Barcelona.GitOps.Tests.Scenarios.Checks;
using Microsoft.Extensions.DependencyInjection;

namespace Barcelona.GitOps.Tests.Scenarios.BeforeDeploys;

/// <summary>A newer commit waits for the end of what is at work: a migration is not killed in its middle, and what it was for is deployed.</summary>
public sealed class TurnScenarios : BeforeDeployScenario
{
    [Fact]
    public async Task A_newer_commit_begins_once_what_was_migrated_for_is_deployed()
    {
        Ends(0, seconds: 300);
        var old = await PushAsync(Manifests.Migrating);
        await Stage.RunForAsync(TimeSpan.FromMinutes(1));
        Assert.Single(Tasks);
        Ends(0);

        var overtaken = await PushAsync(Manifests.Migrating + "# soon overtaken\n");
        await Stage.RunForAsync(TimeSpan.FromSeconds(30));
        var sha = await PushAndSettleAsync(Manifests.Migrating + "# newest\n");

        Assert.Equal("success", Check(old).Conclusion);
        Assert.Contains("before_deploy: exit 0, 5 min", TextOf(Check(old)), StringComparison.Ordinal);
        Assert.Equal(("cancelled", "success"), (Check(overtaken).Conclusion, Check(sha).Conclusion));
        Assert.Equal(
            [Stage.Registry.Deployed($"acme/shop:{old}"), Stage.Registry.Deployed($"acme/shop:{sha}")], Tasks.Select(t => t.Image));
        Assert.True(Tasks[0].StoppedAt <= Tasks[1].CreatedAt);
        Assert.Single(Stage.Aws.Calls.Of("cloudformation", "CreateStack"), c => (string?)c.Request["StackName"] == "barcelona-app--default--shop");
    }

    /// <summary>The old code would else run on what the migration left, for as long as people take.</summary>
    [Theory]
    [InlineData("    deploy: {approve: [acme/ops]}\n", "action_required")]
    [InlineData("    deploy: {wait_for: [ci/build]}\n", null)]
    public async Task What_was_migrated_for_does_not_wait_for_whom_a_newer_commit_waits(string gate, string? newer)
    {
        Ends(0, seconds: 120);
        var old = await PushAsync(Manifests.Migrating);
        await Stage.RunForAsync(TimeSpan.FromMinutes(1));

        var sha = await PushAsync(Manifests.Migrating.Replace("    image_name", $"{gate}    image_name", StringComparison.Ordinal));
        await Stage.RunForAsync(TimeSpan.FromMinutes(20));

        Assert.Equal("success", Check(old).Conclusion);
        Assert.Equal([$"acme/shop:{old}"], await Serving.ImagesBehindAsync(Stage, "web"));
        Assert.Equal(newer, Check(sha).Conclusion);
    }

    [Theory]
    [InlineData(Manifests.Shop, "Words [skip ci]")]
    [InlineData("environments: {}\n", "Nothing any more")]
    public async Task What_was_migrated_for_is_deployed_whatever_the_branch_says_by_then(string manifest, string message)
    {
        Ends(0, seconds: 120);
        var sha = await PushAsync(Manifests.Migrating);
        await Stage.RunForAsync(TimeSpan.FromMinutes(1));

        await Shop.CommitAsync("main", new Dictionary<string, string> { ["barcelona.yml"] = manifest }, message);
        await Stage.RunUntilQuietAsync();

        Assert.Equal("success", Check(sha).Conclusion);
    }

    [Fact]
    public async Task A_rollback_takes_over_once_the_migration_has_ended()
    {
        Ends(0);
        var good = await PushAndSettleAsync(Manifests.Migrating);
        Ends(0, seconds: 120);
        var bad = await PushAsync(Manifests.Migrating + "# bad\n");
        await Stage.RunForAsync(TimeSpan.FromMinutes(1));
        var rollbacks = Stage.Services.GetRequiredService<Rollbacks>();

        await rollbacks.StartAsync(await rollbacks.FindAsync(new("default", "shop"), to: 1, Stop), new("maintainer", "key"), Stop);
        await Stage.RunUntilQuietAsync();

        Assert.Equal("cancelled", Check(bad).Conclusion);
        Assert.Contains("before_deploy: exit 0, 2 min", TextOf(Check(bad)), StringComparison.Ordinal);
        Assert.Equal([$"acme/shop:{good}"], await Serving.ImagesBehindAsync(Stage, "web"));
    }

    [Fact]
    public async Task A_rollback_migrates_nothing_and_says_so()
    {
        Ends(0);
        var good = await PushAndSettleAsync(Manifests.Migrating);
        var bad = await PushAndSettleAsync(Manifests.Migrating + "# bad\n");
        var rollbacks = Stage.Services.GetRequiredService<Rollbacks>();

        await rollbacks.StartAsync(await rollbacks.FindAsync(new("default", "shop"), to: null, Stop), new("maintainer", "key"), Stop);
        await Stage.RunUntilQuietAsync();

        Assert.Equal(2, Tasks.Count);
        Assert.Equal([$"acme/shop:{good}"], await Serving.ImagesBehindAsync(Stage, "web"));
        var back = Check(bad, "barcelona/rollback/production");
        Assert.Equal("success", back.Conclusion);
        Assert.Contains(back.Annotations, a => a.Message.Contains("before_deploy is not run on a rollback.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_that_fails_meanwhile_is_told_as_failed_and_the_newer_goes_on()
    {
        Ends(4, seconds: 120);
        var old = await PushAsync(Manifests.Migrating);
        await Stage.RunForAsync(TimeSpan.FromMinutes(1));
        Ends(0);

        var sha = await PushAndSettleAsync(Manifests.Migrating + "# newest\n");

        Assert.Equal("Failed: before_deploy ended with exit code 4. No service was changed.", Check(old).Title);
        Assert.Equal("success", Check(sha).Conclusion);
        Assert.True(Tasks[0].StoppedAt <= Tasks[1].CreatedAt);
    }

    [Fact]
    public async Task Who_waits_for_a_place_gives_way_at_once()
    {
        Stage.Aws.Faults.FailPlacement("RESOURCE:CPU", times: 10_000);
        var old = await PushAsync(Manifests.Migrating);
        await Stage.RunForAsync(TimeSpan.FromMinutes(1));
        Stage.Aws.Faults.FailPlacement("", times: 0);

        var sha = await PushAndSettleAsync(Manifests.Migrating + "# newest\n");

        Assert.Equal(("cancelled", "success"), (Check(old).Conclusion, Check(sha).Conclusion));
        Assert.Equal(Stage.Registry.Deployed($"acme/shop:{sha}"), Assert.Single(Tasks).Image);
    }

    [Fact]
    public async Task A_branch_that_goes_meanwhile_stops_neither_the_migration_nor_what_it_was_for()
    {
        Ends(0, seconds: 120);
        var sha = await PushAsync(Manifests.Migrating);
        await Stage.RunForAsync(TimeSpan.FromMinutes(1));

        await Shop.DeleteRefAsync("refs/heads/main");
        await Stage.RunUntilQuietAsync();

        Assert.Equal("success", Check(sha).Conclusion);
        Assert.Contains("before_deploy: exit 0, 2 min", TextOf(Check(sha)), StringComparison.Ordinal);
    }

    /// <summary>Its run could ask for nothing more until its time was up: the next release has none of its own, and still changes nothing in its middle.</summary>
    [Fact]
    public async Task A_release_without_one_waits_for_the_end_of_one_that_was_left_behind()
    {
        NeverEnds();
        DenyStops();
        var left = await PushAsync(Manifests.Migrating);
        await Stage.RunForAsync(TimeSpan.FromMinutes(1));
        var before = Stage.District.Text;
        Stage.District.Write(text => text.Replace("acme/*", "others/*", StringComparison.Ordinal));
        await Stage.RunUntilQuietAsync();
        Assert.Equal("failure", Check(left).Conclusion);
        Assert.Null(Assert.Single(Tasks).StoppedAt);
        Stage.District.Write(_ => before);
        Stage.Aws.Faults.Clear();

        var sha = await PushAsync(Manifests.Shop + "# without one\n");
        await Stage.RunUntilAsync(() => Created().Any());
        Assert.Contains("before_deploy: told task", TextOf(Check(sha)), StringComparison.Ordinal);
        Assert.NotNull(Assert.Single(Tasks).StoppedAt);
        await Stage.RunUntilQuietAsync();

        Assert.Equal("success", Check(sha).Conclusion);
        Assert.Single(Created());
    }

    /// <summary>The half hour that a stop may take begins with the migration's end.</summary>
    [Fact]
    public async Task A_cancel_waits_for_a_migration_however_long_it_takes()
    {
        Ends(0, seconds: 40 * 60);
        var sha = await PushAsync(With("{command: rake db:migrate, timeout: 1h}"));
        await Stage.RunForAsync(TimeSpan.FromMinutes(1));
        Assert.Single(Tasks);

        await CancelAsync();
        await Stage.RunUntilQuietAsync();

        Assert.Equal(("cancelled", "Cancelled: by maintainer. Nothing runs of default/shop."), (Check(sha).Conclusion, Check(sha).Title));
        Assert.Contains("before_deploy: exit 0, 40 min", TextOf(Check(sha)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancel_does_not_end_it_unseen_while_the_district_cannot_be_told()
    {
        Ends(0, seconds: 300);
        var sha = await PushAsync(Manifests.Migrating);
        await Stage.RunForAsync(TimeSpan.FromMinutes(1));
        var before = Stage.District.Text;
        Stage.District.Write(text => text[..text.IndexOf("endpoints:", StringComparison.Ordinal)] + "endpoints: {demo-endpoint: {public: true}}\n");
        await MakeDistrictAsync(sha);

        await CancelAsync();
        await Stage.RunForAsync(TimeSpan.FromMinutes(1));
        Assert.Equal("in_progress", Check(sha).Status);
        Stage.District.Write(_ => before);
        await Stage.RunUntilQuietAsync();

        Assert.Equal(("cancelled", "Cancelled: by maintainer. Nothing runs of default/shop."), (Check(sha).Conclusion, Check(sha).Title));
        Assert.Contains("before_deploy: exit 0, 5 min", TextOf(Check(sha)), StringComparison.Ordinal);
    }

    /// <summary>The database is lost, and with it who is at work: the family's tasks still say that somebody is.</summary>
    [Fact]
    public async Task Nobody_starts_a_second_one_beside_one_that_nobody_remembers()
    {
        Ends(0, seconds: 600);
        await PushAsync(Manifests.Migrating);
        await Stage.RunForAsync(TimeSpan.FromMinutes(1));
        await Stage.StopServiceAsync();
        Stage.LoseDatabase();
        await Stage.StartServiceAsync();
        Ends(0);

        var sha = await PushAndSettleAsync(Manifests.Migrating + "# newest\n");

        Assert.Equal("success", Check(sha).Conclusion);
        Assert.Equal(2, Tasks.Count);
        Assert.True(Tasks[0].StoppedAt <= Tasks[1].CreatedAt);
        Assert.Contains("before_deploy: waits for the end of task", TextOf(Check(sha)), StringComparison.Ordinal);
    }

    private Task<IReadOnlyList<Run>> CancelAsync() =>
        Stage.Services.GetRequiredService<Cancellations>().StartAsync(new DeployTarget("default", "shop"), "maintainer", Stop);

    /// <summary>A run of the district that never gets its turn: the district is being made.</summary>
    private Task<Run> MakeDistrictAsync(string sha) => Stage.Services.GetRequiredService<Runs>().CreateAsync(
        new NewRun
        {
            TriggerKey = "district",
            District = "default",
            Heritage = "",
            Repository = RepositoryName.Parse("acme/platform"),
            Installation = 1,
            Environment = "district/default",
            Ref = GitRef.Parse("refs/heads/main"),
            Commit = CommitSha.Parse(sha),
        },
        within: null,
        Stop);

    [Fact]
    public async Task One_whose_district_takes_its_consent_back_meanwhile_is_not_left_alone()
    {
        await PushAndSettleAsync(Manifests.Shop);
        Ends(exitCode: 0, seconds: 120);
        var sha = await PushAsync(Manifests.Migrating);
        await Stage.RunUntilAsync(() => Tasks.Count == 1);

        var district = Stage.District.Text;
        Stage.District.Write(text => text.Replace("acme/*", "acme/other", StringComparison.Ordinal));
        await Stage.RunForAsync(TimeSpan.FromMinutes(1));
        Assert.Equal("in_progress", Check(sha).Status);

        Stage.District.Write(_ => district);
        await Stage.RunUntilQuietAsync();
        Assert.Equal("success", Check(sha).Conclusion);
        Assert.Single(Tasks);
    }

    private IEnumerable<object> Created() =>
        Stage.Aws.Calls.Of("cloudformation", "CreateStack").Where(c => (string?)c.Request["StackName"] == "barcelona-app--default--shop");
}
