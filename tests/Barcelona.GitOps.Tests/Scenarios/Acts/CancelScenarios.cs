using Barcelona.GitOps.Reconciliation.Acts;
using Barcelona.GitOps.Storage.History;
using Barcelona.GitOps.Storage.Work;
using Barcelona.GitOps.Tests.Scenarios.Checks;

namespace Barcelona.GitOps.Tests.Scenarios.Acts;

public sealed class CancelScenarios : ActScenario
{
    [Fact]
    public async Task An_update_under_way_is_given_up_and_what_ran_before_runs()
    {
        var good = await PushAndSettleAsync(Manifests.Shop);
        var sha = await PushAsync(Manifests.Shop + "# more\n");
        await Stage.RunForAsync(TimeSpan.FromSeconds(5));
        Assert.Single(Stage.Aws.Calls.Of("cloudformation", "UpdateStack"));

        await CancelAsync();

        Assert.Single(Stage.Aws.Calls.Of("cloudformation", "CancelUpdateStack"));
        Assert.Equal(
            ("cancelled", $"Cancelled: by maintainer. default/shop still runs acme/shop:{good} (release 1)."),
            (Check(sha).Conclusion, Check(sha).Title));
        Assert.Equal("inactive", Shop.Deployments[^1].Statuses[^1].State);
        Assert.Equal([$"acme/shop:{good}"], await Serving.ImagesBehindAsync(Stage, "web"));

        var next = await PushAndSettleAsync(Manifests.Shop + "# next\n");
        Assert.Equal(("success", "3"), (Check(next).Conclusion, SentParameter("Release")));
    }

    [Fact]
    public async Task A_first_deploy_is_taken_back_and_what_was_seen_of_it_is_kept()
    {
        OnlyHealthy();
        var sha = await PushAsync(Manifests.Shop);
        await Stage.RunUntilAsync(() => Stage.Aws.Calls.Of("cloudformation", "CreateStack").Count == 2);
        await Stage.RunForAsync(TimeSpan.FromSeconds(20));
        Assert.Equal("in_progress", Check(sha).Status);

        await CancelAsync();

        Assert.Equal(("cancelled", "Cancelled: by maintainer. Nothing runs of default/shop."), (Check(sha).Conclusion, Check(sha).Title));
        Assert.True(Check(sha).Text?.Contains("exit code 3", StringComparison.OrdinalIgnoreCase), Check(sha).Text);
        Assert.Contains(Stage.Aws.Calls.Of("cloudformation", "DeleteStack"), c => c.Request.ToJsonString().Contains(App, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_has_not_begun_ends_at_once_and_changes_nothing()
    {
        await PushAndSettleAsync(Manifests.Shop);
        var writes = Stage.Aws.Calls.Writes.Count;

        // Another worker has the target just now.
        var lanes = Get<Lanes>();
        await lanes.WantAsync(LaneKinds.Target, LaneKinds.TargetKey("default", "shop"), Stage.Clock.GetUtcNow(), within: null, Stop);
        var lane = Assert.Single(await lanes.TakeDueAsync(9, Stage.Clock.GetUtcNow(), TimeSpan.FromSeconds(1), Stop));
        var lease = await lanes.TryLeaseAsync(lane, "another", TimeSpan.FromMinutes(1), Stop);
        Assert.NotNull(lease);
        var sha = await PushAsync(Manifests.Shop + "# more\n");
        await Stage.RunDueAsync();
        Assert.Equal(RunState.Queued, (await Get<Runs>().RecentAsync(9, Stop))[0].State);

        await Get<Cancellations>().StartAsync(Target, "maintainer", Stop);
        await lanes.ReleaseAsync(lease, new LaneResult.Done(lease.WantedSeen), Stop);
        await Stage.RunUntilQuietAsync();

        Assert.Equal(
            ("cancelled", "Cancelled: by maintainer, before it had begun. Nothing was changed."), (Check(sha).Conclusion, Check(sha).Title));
        Assert.Empty(WritesAfter(writes));
        Assert.Single(Shop.Deployments);
    }

    [Fact]
    public async Task Without_anything_under_way_there_is_nothing_to_cancel()
    {
        await PushAndSettleAsync(Manifests.Shop);

        var refused = await Assert.ThrowsAsync<RefusedActException>(() => Get<Cancellations>().StartAsync(Target, "maintainer", Stop));

        Assert.Equal("Nothing is under way for default/shop: there is nothing to cancel.", refused.Message);
    }

    private async Task CancelAsync()
    {
        await Get<Cancellations>().StartAsync(Target, "maintainer", Stop);
        await Stage.RunUntilQuietAsync();
    }
}
