using Barcelona.GitOps.Storage.History;
using Microsoft.Extensions.DependencyInjection;

namespace Barcelona.GitOps.Tests.Scenarios.Districts.Trouble;

/// <summary>The district files get out of reach while something is going on: the check says so, and nobody waits for the time limit.</summary>
public sealed class UnreadablePlatformScenarios : DistrictScenario
{
    [Fact]
    public async Task A_deploy_under_way_ends_in_words_soon_and_the_button_deploys_once_it_is_mended()
    {
        await PushDistrictsAsync(("default", Stage.District.Text));
        var sha = await PushAsync(Manifests.Shop);
        await Stage.RunForAsync(TimeSpan.FromSeconds(5));
        Assert.Equal("in_progress", Check(sha).Status);
        var since = Stage.Clock.GetUtcNow();

        await Platform.DeleteRefAsync("refs/heads/main");
        await Stage.RunUntilQuietAsync();

        Assert.Equal(("completed", "failure"), (Check(sha).Status, Check(sha).Conclusion));
        Assert.Contains("has no branch main", Check(sha).Title, StringComparison.Ordinal);
        Assert.InRange(Stage.Clock.GetUtcNow() - since, TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(5));

        await PushDistrictsAsync(("default", Stage.District.Text));
        await Shop.RerequestAsync(Check(sha).Id, "maintainer");
        await Stage.RunUntilQuietAsync();

        Assert.Equal("success", Shop.CheckRuns.Last(c => c.Name == "barcelona/production").Conclusion);
    }

    [Fact]
    public async Task While_GitHub_is_away_a_deploy_under_way_comes_to_its_end_and_the_verdict_is_told_afterwards()
    {
        await PushDistrictsAsync(("default", Stage.District.Text));
        await PushAndSettleAsync(Manifests.Shop);
        var sha = await PushAsync(Manifests.Shop + "# more\n");
        await Stage.RunUntilAsync(() => Stage.Aws.Calls.Of("cloudformation", "UpdateStack").Count > 0);

        var since = Stage.Clock.GetUtcNow();
        Stage.GitHub.Faults.Down = true;
        await Stage.RunForAsync(TimeSpan.FromMinutes(40));
        var run = await Stage.Services.GetRequiredService<Runs>().NewestSucceededAsync("default", "shop", Stop);
        Assert.Equal(sha, run?.Commit.Value);
        Assert.InRange(run?.FinishedAt - since ?? TimeSpan.MaxValue, TimeSpan.Zero, TimeSpan.FromMinutes(3));

        Stage.GitHub.Faults.Down = false;
        await Stage.SweepAsync();
        Assert.Equal("success", Check(sha).Conclusion);
    }

    [Fact]
    public async Task A_district_under_way_whose_branch_was_deleted_is_cancelled()
    {
        var sha = await CommitDistrictsAsync(("default", DistrictTexts.Made));
        await Stage.RunForAsync(TimeSpan.FromSeconds(10));

        await Platform.DeleteRefAsync("refs/heads/main");
        await Stage.RunUntilQuietAsync();

        Assert.Equal(("completed", "cancelled"), (DistrictCheck(sha).Status, DistrictCheck(sha).Conclusion));
    }

    [Fact]
    public async Task A_district_under_way_while_the_App_is_suspended_has_its_verdict_once_GitHub_listens()
    {
        var sha = await CommitDistrictsAsync(("default", DistrictTexts.Made));
        await Stage.RunForAsync(TimeSpan.FromSeconds(10));
        await Stage.GitHub.SuspendAsync("acme");
        await Stage.RunForAsync(TimeSpan.FromMinutes(3));

        await Stage.GitHub.UnsuspendAsync("acme");
        await Stage.SweepAsync();

        // The commit is at hand and AWS goes on: what was begun is finished, and told late.
        Assert.Equal(("completed", "success"), (DistrictCheck(sha).Status, DistrictCheck(sha).Conclusion));
    }

    [Fact]
    public async Task A_commit_that_a_forced_push_left_behind_does_not_wait_for_the_time_limit()
    {
        var before = await Platform.CommitAsync("main", new Dictionary<string, string> { ["README.md"] = "districts" }, "Say what this is");
        await Stage.RunUntilQuietAsync();
        var sha = await CommitDistrictsAsync(("default", DistrictTexts.Made));
        await Stage.RunForAsync(TimeSpan.FromSeconds(10));

        await Platform.ForcePushAsync("main", before);
        await Stage.RunUntilQuietAsync();

        Assert.Equal("completed", DistrictCheck(sha).Status);
        Assert.NotEqual("success", DistrictCheck(sha).Conclusion);
    }
}
