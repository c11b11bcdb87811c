using Barcelona.GitOps.Sandbox.Git;

namespace Barcelona.GitOps.Tests.Scenarios.Checks;

/// <summary>A deploy is under way, and the branch moves on to a commit that is deployed nowhere.</summary>
public sealed class NewerHeadScenarios : Scenario
{
    private static readonly string Changed = Manifests.Shop + "# changed\n";

    [Theory]
    [InlineData("[skip ci]", Manifests.Shop)]
    [InlineData("", "environments: {production: {servces: []}}\n")]
    public async Task One_that_skips_or_cannot_be_read_stops_nothing(string word, string manifest)
    {
        var sha = await WaitingForItsImageAsync();

        var top = await PutOnTopAsync(manifest, word);

        Stage.Registry.Push($"acme/shop:{sha}");
        await Stage.RunUntilQuietAsync();
        Assert.Equal(("success", $"Deployed {sha[..7]} to default/shop"), (Check(sha).Conclusion, Check(sha).Title));
        Assert.Equal([$"acme/shop:{sha}"], await Serving.ImagesBehindAsync(Stage, "web"));
        Assert.DoesNotContain(Shop.CheckRuns, c => c.HeadSha == top && c.Name == "barcelona/production");
        Assert.Equal(word.Length == 0, Shop.CheckRuns.Any(c => c.HeadSha == top && c.Conclusion == "failure"));
    }

    [Fact]
    public async Task One_that_skips_stops_nothing_between_the_two_stacks_either()
    {
        var sha = await PushAsync(Manifests.Shop);
        await Stage.RunUntilAsync(() => Stage.Aws.Calls.Of("cloudformation", "CreateStack").Count > 0);

        await PutOnTopAsync(Changed, "[skip deploy]");
        await Stage.RunUntilQuietAsync();

        Assert.Equal("success", Check(sha).Conclusion);
    }

    [Fact]
    public async Task One_that_skips_gets_no_verdict_when_the_next_push_comes_before_anybody_looks()
    {
        var skips = await PutOnTopAsync(Manifests.Shop, "[skip ci]");

        var sha = await PushAndSettleAsync(Changed);

        Assert.Equal("success", Check(sha).Conclusion);
        Assert.DoesNotContain(Shop.CheckRuns, c => c.HeadSha == skips);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("environments: {}\n")]
    [InlineData("branch: release")]
    public async Task One_that_no_longer_deploys_the_environment_stops_it(string? manifest)
    {
        var sha = await WaitingForItsImageAsync();

        var top = await PutOnTopAsync(
            manifest == "branch: release"
                ? Manifests.Shop.Replace("    image_name", "    deploy: {on: [{branch: release}]}\n    image_name", StringComparison.Ordinal)
                : manifest,
            word: "");

        Stage.Registry.Push($"acme/shop:{sha}");
        await Stage.RunUntilQuietAsync();
        Assert.Equal(
            ("cancelled", $"Cancelled: main is at {top[..7]} now, which no longer deploys production."), (Check(sha).Conclusion, Check(sha).Title));
        Assert.Empty(Stage.Aws.Calls.Writes);
    }

    [Fact]
    public async Task A_commit_that_was_taken_out_of_the_branch_is_not_deployed()
    {
        var skips = await PutOnTopAsync(Manifests.Shop, "[skip ci]");
        await Stage.RunUntilQuietAsync();
        var sha = await WaitingForItsImageAsync();

        await Shop.ForcePushAsync("main", skips);

        Stage.Registry.Push($"acme/shop:{sha}");
        await Stage.RunUntilQuietAsync();
        Assert.Equal(
            ("cancelled", $"Cancelled: main is at {skips[..7]} now, which deploys nothing and does not contain {sha[..7]}."),
            (Check(sha).Conclusion, Check(sha).Title));
        Assert.Empty(Stage.Aws.Calls.Writes);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_asks_for_an_old_commit_again_below_one_that_skips_overtakes_no_newer_one(bool isForgotten)
    {
        var old = await PushAndSettleAsync(Manifests.Shop);
        var sha = await PushAndSettleAsync(Changed);
        await PutOnTopAsync(Changed, "[skip ci]");
        await Stage.RunUntilQuietAsync();
        var check = Check(old).Id;
        if (isForgotten)
        {
            await Stage.StopServiceAsync();
            Stage.LoseDatabase();
            await Stage.StartServiceAsync();
            await Stage.RunUntilQuietAsync();
        }

        await Shop.RerequestAsync(check, "octocat");
        await Stage.RunUntilQuietAsync();

        Assert.Equal([$"acme/shop:{sha}"], await Serving.ImagesBehindAsync(Stage, "web"));
        if (!isForgotten)
        {
            var again = Shop.CheckRuns.Last(c => c.HeadSha == old);
            Assert.Equal(("cancelled", $"Superseded by {sha[..7]}"), (again.Conclusion, again.Title));
        }
    }

    [Fact]
    public async Task A_push_that_nobody_had_looked_at_is_deployed_all_the_same()
    {
        var overtaken = await PushAsync(Manifests.Shop);
        var sha = await PushAsync(Changed);
        var skips = await PutOnTopAsync(Changed, "[skip ci]");

        await Stage.RunUntilQuietAsync();

        Assert.Equal(("success", "octocat"), (Check(sha).Conclusion, Shop.DefaultPusher.Login));
        Assert.Equal($"Superseded by {sha[..7]}", Check(overtaken).Title);
        Assert.DoesNotContain(Shop.CheckRuns, c => c.HeadSha == skips);
        Assert.Equal([$"acme/shop:{sha}"], await Serving.ImagesBehindAsync(Stage, "web"));
    }

    private async Task<string> WaitingForItsImageAsync()
    {
        Stage.Registry.Hold("acme/shop:*");
        var sha = await PushAsync(Changed);
        await Stage.RunForAsync(TimeSpan.FromSeconds(30));
        Assert.Equal("in_progress", Check(sha).Status);
        return sha;
    }

    /// <param name="manifest">Null: without the file.</param>
    private Task<string> PutOnTopAsync(string? manifest, string word) =>
        Shop.CommitAsync("main", [new GitFile("barcelona.yml", manifest), new GitFile("README", word)], $"Words {word}");
}
