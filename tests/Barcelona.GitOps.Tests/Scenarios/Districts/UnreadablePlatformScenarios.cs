namespace Barcelona.GitOps.Tests.Scenarios.Districts;

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
    public async Task A_district_under_way_whose_branch_was_deleted_is_cancelled()
    {
        var sha = await CommitDistrictsAsync(("default", DistrictTexts.Made));
        await Stage.RunForAsync(TimeSpan.FromSeconds(10));

        await Platform.DeleteRefAsync("refs/heads/main");
        await Stage.RunUntilQuietAsync();

        Assert.Equal(("completed", "cancelled"), (DistrictCheck(sha).Status, DistrictCheck(sha).Conclusion));
    }
}
