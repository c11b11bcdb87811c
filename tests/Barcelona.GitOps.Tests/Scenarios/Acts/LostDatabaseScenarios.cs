namespace Barcelona.GitOps.Tests.Scenarios.Acts;

/// <summary>The database is gone in the middle of a run: its check ends, and what was asked for is done all the same.</summary>
public sealed class LostDatabaseScenarios : ActScenario
{
    private const string Lost = "Cancelled: the record of this run is lost";

    [Fact]
    public async Task A_deploy_under_way_is_ended_and_begun_anew()
    {
        var sha = await PushAsync(Manifests.Shop);
        await Stage.RunDueAsync();
        await LoseDatabaseAsync();

        await Stage.SweepAsync();

        var checks = Shop.CheckRuns.Where(c => c.HeadSha == sha && c.Name == "barcelona/production").ToArray();
        Assert.Equal([("cancelled", Lost), ("success", $"Deployed {sha[..7]} to default/shop")], checks.Select(c => (c.Conclusion, c.Title)));
        Assert.Equal(["inactive", "success"], Shop.Deployments.Select(d => d.Statuses[^1].State));
        Assert.Equal(2, Stage.Aws.Calls.Of("cloudformation", "CreateStack").Count);
    }

    [Fact]
    public async Task A_push_that_comes_before_the_sweep_ends_it_too()
    {
        var first = await PushAsync(Manifests.Shop);
        await Stage.RunDueAsync();
        await LoseDatabaseAsync();

        var second = await PushAndSettleAsync(Manifests.Shop + "# again\n");

        Assert.Equal(("cancelled", Lost), (Check(first).Conclusion, Check(first).Title));
        Assert.Equal("success", Check(second).Conclusion);
    }

    [Fact]
    public async Task A_rollback_under_way_is_ended_and_what_it_goes_back_from_is_not_deployed()
    {
        var good = await PushAndSettleAsync(Manifests.Shop);
        var bad = await PushAndSettleAsync(Manifests.Shop + "# bad\n");
        await AskRollbackAsync();
        await Stage.RunDueAsync();
        Assert.Equal("in_progress", RollbackCheck(bad).Status);
        await LoseDatabaseAsync();

        await Stage.SweepAsync();

        Assert.Equal(("cancelled", Lost), (RollbackCheck(bad).Conclusion, RollbackCheck(bad).Title));
        Assert.Single(Shop.CheckRuns, c => c.HeadSha == bad && c.Name == "barcelona/production");
        Assert.Equal("inactive", Shop.Deployments.Last(d => d.Sha == good).Statuses[^1].State);
    }

    [Fact]
    public async Task In_quiet_it_costs_nothing_on_GitHub()
    {
        await PushAndSettleAsync(Manifests.Shop);
        await LoseDatabaseAsync();
        var writes = Stage.GitHub.Requests.Count(r => r.IsWrite);

        await Stage.SweepAsync();

        Assert.Equal(writes, Stage.GitHub.Requests.Count(r => r.IsWrite));
    }

    private async Task LoseDatabaseAsync()
    {
        await Stage.StopServiceAsync();
        Stage.LoseDatabase();
        await Stage.StartServiceAsync();
    }
}
