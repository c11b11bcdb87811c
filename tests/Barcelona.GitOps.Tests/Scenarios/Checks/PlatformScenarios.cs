namespace Barcelona.GitOps.Tests.Scenarios.Checks;

/// <summary>The platform repository is not where it should be: a push is told, and deployed once it is.</summary>
public sealed class PlatformScenarios : Scenario
{
    protected override StageOptions Options => new() { PlatformRepository = "acme/platform" };

    [Theory]
    [InlineData("The App is not installed", false)]
    [InlineData("has no branch main", true)]
    public async Task A_push_is_told_that_the_districts_cannot_be_read_and_the_sweep_finds_it_again(string reason, bool exists)
    {
        if (exists)
        {
            Stage.GitHub.CreateRepository("acme", "platform");
        }

        var sha = await PushAndSettleAsync(Manifests.Shop);
        AssertTold(sha, reason);
        await NextSweepAsync();
        AssertTold(sha, reason);

        await MendAsync();
        await NextSweepAsync();

        Assert.Equal("success", Check(sha).Conclusion);
        Assert.Equal("success", Check(sha, "barcelona").Conclusion);
        Assert.Single(Shop.Deployments);
    }

    [Fact]
    public async Task Asked_for_again_the_push_is_deployed_at_once()
    {
        var sha = await PushAndSettleAsync(Manifests.Shop);
        AssertTold(sha, "The App is not installed");
        await MendAsync();

        await Shop.RerequestAsync(Check(sha, "barcelona").Id, "maintainer");
        await Stage.RunUntilQuietAsync();

        Assert.Equal("success", Check(sha).Conclusion);
        Assert.Equal("success", Check(sha, "barcelona").Conclusion);
    }

    [Fact]
    public async Task Of_all_checks_asked_for_again_that_one_too()
    {
        var sha = await PushAndSettleAsync(Manifests.Shop);
        await MendAsync();

        await Shop.RerequestSuiteAsync(sha, "maintainer");
        await Stage.RunUntilQuietAsync();

        Assert.Equal("success", Check(sha).Conclusion);
        Assert.Equal("success", Check(sha, "barcelona").Conclusion);
    }

    [Fact]
    public async Task A_push_that_concerns_no_environment_is_told_nothing()
    {
        var sha = await PushAndSettleAsync(Manifests.Shop, "feature");

        Assert.DoesNotContain(Shop.CheckRuns, c => c.HeadSha == sha);
    }

    private void AssertTold(string sha, string reason)
    {
        var check = Check(sha, "barcelona");
        Assert.Equal(("completed", "failure", "The district files cannot be read"), (check.Status, check.Conclusion, check.Title));
        Assert.Contains(reason, check.Summary, StringComparison.Ordinal);
        Assert.Contains("installed on the platform repository", check.Summary, StringComparison.Ordinal);
        Assert.Empty(Stage.Aws.Calls);
    }

    private Task NextSweepAsync()
    {
        Stage.Clock.Advance(TimeSpan.FromMinutes(5));
        return Stage.SweepAsync();
    }

    private Task<string> MendAsync() => (Stage.GitHub.FindRepository("acme", "platform") ?? Stage.GitHub.CreateRepository("acme", "platform"))
        .CommitAsync("main", new Dictionary<string, string> { ["districts/default.yml"] = Stage.District.Text }, "The districts");
}
