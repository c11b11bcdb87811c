namespace Barcelona.GitOps.Tests.Scenarios.Gates;

/// <summary>A deploy that waits for checks and statuses on its commit.</summary>
public sealed class WaitForScenarios : Scenario
{
    private static readonly string Waits = Manifests.Shop.Replace(
        "district: default\n", "district: default\n    deploy: {wait_for: [ci/build, ci/lint]}\n", StringComparison.Ordinal);

    [Fact]
    public async Task Nothing_is_changed_before_all_have_succeeded()
    {
        var sha = await PushAsync(Waits);
        await Shop.SetStatusAsync(sha, "ci/lint", "success");
        await Stage.RunForAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(("in_progress", "Waiting for ci/build"), (Check(sha).Status, Check(sha).Title));
        Assert.Equal("pending", Assert.Single(Shop.Deployments).Statuses[^1].State);
        Assert.Empty(Stage.Aws.Calls.Writes);

        await Shop.SetStatusAsync(sha, "ci/build", "pending");
        await Stage.RunForAsync(TimeSpan.FromMinutes(50));
        await Shop.SetStatusAsync(sha, "ci/build", "success");
        await Stage.RunUntilQuietAsync();

        Assert.Equal("success", Check(sha).Conclusion);
        Assert.Equal(["in_progress", "pending", "in_progress", "success"], Assert.Single(Shop.Deployments).Statuses.Select(s => s.State));
    }

    [Fact]
    public async Task One_that_failed_ends_the_deploy_and_a_re_run_looks_again()
    {
        var sha = await PushAsync(Waits);
        await Shop.SetStatusAsync(sha, "ci/lint", "success");
        await Shop.SetStatusAsync(sha, "ci/build", "failure");
        await Stage.RunUntilQuietAsync();
        Assert.Equal("failure", Check(sha).Conclusion);
        Assert.StartsWith("Failed: ci/build ended with failure: nothing was changed.", Check(sha).Title, StringComparison.Ordinal);
        Assert.Empty(Stage.Aws.Calls.Writes);

        await Shop.SetStatusAsync(sha, "ci/build", "success");
        await Shop.RerequestAsync(Check(sha).Id, "octocat");
        await Stage.RunUntilQuietAsync();

        Assert.Contains(Shop.CheckRuns, c => c.HeadSha == sha && c.Conclusion == "success");
    }

    [Fact]
    public async Task What_never_comes_is_waited_for_six_hours_and_then_named()
    {
        var sha = await PushAsync(Waits);
        await Shop.SetStatusAsync(sha, "ci/lint", "success");
        await Stage.RunUntilQuietAsync();

        Assert.Equal("failure", Check(sha).Conclusion);
        Assert.Contains("After 6 hours there is no result of ci/build", Check(sha).Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_newer_commit_takes_over_from_one_that_waits()
    {
        var first = await PushAsync(Waits);
        await Stage.RunDueAsync();
        var second = await PushAsync(Waits + "# newer\n");
        await Shop.SetStatusAsync(second, "ci/lint", "success");
        await Shop.SetStatusAsync(second, "ci/build", "success");
        await Stage.RunUntilQuietAsync();

        Assert.Equal(("cancelled", $"Superseded by {second[..7]}"), (Check(first).Conclusion, Check(first).Title));
        Assert.Equal("success", Check(second).Conclusion);
    }

    [Fact]
    public async Task A_re_run_of_one_that_waits_says_that_it_was_asked_for_again()
    {
        var sha = await PushAsync(Waits);
        await Stage.RunForAsync(TimeSpan.FromSeconds(5));
        var first = Check(sha).Id;

        await Shop.RerequestAsync(first, "octocat");
        await Stage.RunForAsync(TimeSpan.FromSeconds(5));

        var ended = Shop.CheckRuns.Single(c => c.Id == first);
        Assert.Equal(("cancelled", "Asked for again"), (ended.Conclusion, ended.Title));
        Assert.Equal("in_progress", Shop.CheckRuns.Last(c => c.HeadSha == sha).Status);
    }

    [Fact]
    public async Task An_environment_can_follow_another_by_its_check()
    {
        var sha = await PushAndSettleAsync("""
            environments:
              staging: &app
                name: shop-staging
                district: default
                deploy: {on: [{branch: main}]}
                image_name: acme/shop
                services: [{name: worker, memory: 256, command: bundle exec sidekiq}]
              production:
                <<: *app
                name: shop
                deploy: {on: [{branch: main}], wait_for: [barcelona/staging]}

            """);

        var (staging, production) = (Check(sha, "barcelona/staging"), Check(sha));
        Assert.Equal(("success", "success"), (staging.Conclusion, production.Conclusion));
        Assert.True(production.CompletedAt > staging.CompletedAt);
    }
}
