using Barcelona.GitOps.Reconciliation.Acts;
using Barcelona.GitOps.Sandbox.Aws.Images;
using Barcelona.GitOps.Storage.History;
using Barcelona.GitOps.Tests.Scenarios.Acts;

namespace Barcelona.GitOps.Tests.Scenarios.Checks;

/// <summary>A newer commit ends an older deploy as far as it gets itself: one that is refused, or waits, leaves nothing to nobody.</summary>
public sealed class OvertakingScenarios : ActScenario
{
    private const string Team = "acme/ops";

    [Fact]
    public async Task A_push_by_somebody_who_may_not_deploy_ends_no_deploy()
    {
        OnlyTheTeamDeploys();
        await PushAndSettleAsync(Manifests.Shop);
        var good = await PushAsync(Manifests.Shop + "# good\n");
        await Stage.RunUntilAsync(() => Updates == 1);
        Stage.GitHub.People.RemoveFromTeam(Team, "octocat");

        var refused = await PushAndSettleAsync(Manifests.Shop + "# refused\n");

        await AssertDeployedAsync(good, refused);
    }

    [Fact]
    public async Task A_tag_by_somebody_who_may_not_deploy_ends_no_deploy()
    {
        OnlyTheTeamDeploys();
        var first = await PushAndSettleAsync(Manifests.Tagged);
        await Shop.TagAsync("v1.0.0", first);
        await Stage.RunUntilQuietAsync();
        var good = await PushAndSettleAsync(Manifests.Tagged + "# good\n");
        await Shop.TagAsync("v1.1.0", good);
        await Stage.RunUntilAsync(() => Updates == 1);
        Stage.GitHub.People.RemoveFromTeam(Team, "octocat");

        var refused = await PushAsync(Manifests.Tagged + "# refused\n");
        await Shop.TagAsync("v9.9.9", refused);
        await Stage.RunUntilQuietAsync();

        await AssertDeployedAsync(good, refused);
    }

    [Theory]
    [InlineData("There is no secret", "image_name: acme/shop\n", "image_name: acme/shop\n    environment: [{name: KEY, secret: shop/none}]\n")]
    [InlineData("This would delete every service that runs", "name: w", "name: another-w")]
    public async Task A_commit_that_is_refused_ends_no_deploy(string why, string text, string by)
    {
        await PushAndSettleAsync(Manifests.Shop);
        var good = await PushAsync(Manifests.Shop + "# good\n");
        await Stage.RunUntilAsync(() => Updates == 1);

        var refused = await PushAndSettleAsync(Manifests.Shop.Replace(text, by, StringComparison.Ordinal));

        Assert.Contains(why, Check(refused).Title, StringComparison.Ordinal);
        await AssertDeployedAsync(good, refused);
    }

    [Fact]
    public async Task A_refused_head_that_is_asked_for_again_is_newer_than_what_is_under_way()
    {
        OnlyTheTeamDeploys();
        await PushAndSettleAsync(Manifests.Shop);
        var older = await PushAsync(Manifests.Shop + "# older\n");
        await Stage.RunUntilAsync(() => Updates == 1);
        Stage.GitHub.People.RemoveFromTeam(Team, "octocat");
        var head = await PushAsync(Manifests.Shop + "# head\n");
        await Stage.RunUntilAsync(() => Shop.CheckRuns.Any(c => c.HeadSha == head && c.Conclusion == "failure"));
        Assert.Equal("in_progress", Check(older).Status);

        Stage.GitHub.People.AddToTeam(Team, "octocat");
        await Shop.RerequestAsync(Check(head).Id, "octocat");
        await Stage.RunUntilQuietAsync();

        Assert.Equal(("cancelled", $"Superseded by {head[..7]}"), (Check(older).Conclusion, Check(older).Title));
        Assert.Equal(("success", head), (NewestCheck(head).Conclusion, SentParameter("Commit")));
    }

    [Fact]
    public async Task What_waits_for_its_image_waits_on_when_somebody_who_may_not_deploy_tags_a_higher_version()
    {
        OnlyTheTeamDeploys();
        var good = await PushAndSettleAsync(Manifests.Tagged);
        Stage.Registry.Hold("acme/shop:v1*");
        await Shop.TagAsync("v1.0.0", good);
        await Stage.RunForAsync(TimeSpan.FromMinutes(1));
        Stage.GitHub.People.RemoveFromTeam(Team, "octocat");
        var refused = await PushAsync(Manifests.Tagged + "# refused\n");
        Stage.GitHub.People.AddToTeam(Team, "maintainer");
        await Shop.RerequestAsync(Check(good).Id, "maintainer");
        await Stage.RunForAsync(TimeSpan.FromMinutes(1));

        await Shop.TagAsync("v9.9.9", refused);
        await Stage.RunForAsync(TimeSpan.FromMinutes(1));
        Stage.Registry.Push("acme/shop:v1.0.0");
        await Stage.RunUntilQuietAsync();

        Assert.Equal(("success", "failure"), (NewestCheck(good).Conclusion, NewestCheck(refused).Conclusion));
    }

    [Fact]
    public async Task An_update_that_cannot_come_up_is_given_up_by_its_own_run_while_the_newer_one_waits()
    {
        var good = await PushAndSettleAsync(Manifests.Worker);
        OnlyHealthy(good);
        var bad = await PushAsync(Manifests.Worker + "# bad\n");
        await Stage.RunUntilAsync(() => Updates == 1);

        var next = await PushAsync(Manifests.Waiting(Manifests.Worker));
        await Stage.RunForAsync(TimeSpan.FromMinutes(10));

        Assert.Equal(("failure", "in_progress"), (Check(bad).Conclusion, Check(next).Status));
        Assert.Contains("exit", Check(bad).Title, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("UPDATE_ROLLBACK_COMPLETE", StatusOfApp);
    }

    [Fact]
    public async Task What_is_under_way_can_be_cancelled_while_the_newer_one_waits()
    {
        var slow = await SlowUpdateAsync();
        var next = await PushAsync(Manifests.Waiting(Manifests.Shop));
        await Stage.RunForAsync(TimeSpan.FromMinutes(1));

        var ended = await Get<Cancellations>().StartAsync(Target, "maintainer", Stop);
        await Stage.RunUntilQuietAsync();

        Assert.Equal([slow, next], ended.Select(r => r.Commit.Value));
        Assert.Equal(("cancelled", "cancelled"), (Check(slow).Conclusion, Check(next).Conclusion));
        Assert.Equal("UPDATE_ROLLBACK_COMPLETE", StatusOfApp);
    }

    [Fact]
    public async Task Once_the_newer_one_has_all_that_it_waited_for_it_takes_over()
    {
        var slow = await SlowUpdateAsync();
        var next = await PushAsync(Manifests.Waiting(Manifests.Shop));
        Stage.Aws.Images.Set($"acme/shop:{next}", new ImageBehaviour.Healthy());
        await Stage.RunForAsync(TimeSpan.FromMinutes(1));
        Assert.Equal("in_progress", Check(slow).Status);

        await Shop.SetStatusAsync(next, "ci/build", "success");
        await Stage.RunUntilQuietAsync();

        Assert.Equal(("cancelled", $"Superseded by {next[..7]}"), (Check(slow).Conclusion, Check(slow).Title));
        Assert.Equal("success", Check(next).Conclusion);
    }

    private void OnlyTheTeamDeploys()
    {
        Stage.District.Write(text => text + $"teams: {{{Team}: admin}}\n");
        Stage.GitHub.People.AddToTeam(Team, "octocat");
    }

    private async Task AssertDeployedAsync(string good, string refused)
    {
        Assert.Equal(("success", "failure"), (Check(good).Conclusion, Check(refused).Conclusion));
        Assert.Equal((good, "UPDATE_COMPLETE"), (SentParameter("Commit"), StatusOfApp));
        var newest = (await ReleasesAsync())[0];
        Assert.Equal((good, RunState.Succeeded), (newest.Commit.Value, newest.State));
    }
}
