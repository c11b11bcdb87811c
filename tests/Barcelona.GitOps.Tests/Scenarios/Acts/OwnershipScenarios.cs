using Barcelona.GitOps.Sandbox.Aws.Images;
using Barcelona.GitOps.Sandbox.GitHub;

namespace Barcelona.GitOps.Tests.Scenarios.Acts;

/// <summary>Two repositories that want one name: it is the first one's, and the other ends nothing of it.</summary>
public sealed class OwnershipScenarios : ActScenario
{
    private const string NotYours = "belongs to acme/shop";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Another_repository_of_the_same_name_supersedes_nothing_and_is_refused(bool isFirst)
    {
        if (!isFirst)
        {
            await PushAndSettleAsync(Manifests.Shop);
        }

        var ours = await PushAsync(Manifests.Shop + "# more\n");
        await Stage.RunUntilAsync(() => Sent(isFirst ? "CreateStack" : "UpdateStack"));
        var theirs = await PushOfAnotherAsync();
        await Stage.RunUntilQuietAsync();

        Assert.Equal("success", Check(ours).Conclusion);
        Assert.Equal("failure", theirs().Conclusion);
        Assert.Contains(NotYours, theirs().Title, StringComparison.Ordinal);
        Assert.Empty(GivenUp());
    }

    /// <summary>Nobody remembers who began it: whoever may end that is known by its stack.</summary>
    [Fact]
    public async Task Another_repository_gives_up_no_update_that_nobody_looks_after()
    {
        await PushAndSettleAsync(Manifests.Shop);
        Stage.Aws.Images.Set("acme/shop:*", new ImageBehaviour.NeverHealthy());
        await PushAsync(Manifests.Shop + "# slow\n");
        await Stage.RunUntilAsync(() => Sent("UpdateStack"));
        await Stage.StopServiceAsync();
        Stage.LoseDatabase();
        await Stage.StartServiceAsync();

        var theirs = await PushOfAnotherAsync();
        await Stage.RunUntilQuietAsync();

        Assert.Equal("failure", theirs().Conclusion);
        Assert.Contains(NotYours, theirs().Title, StringComparison.Ordinal);
        Assert.Empty(GivenUp());
    }

    private async Task<Func<SandboxCheckRun>> PushOfAnotherAsync()
    {
        var blog = Stage.GitHub.CreateRepository("acme", "blog");
        await blog.CommitAsync("main", new Dictionary<string, string> { ["barcelona.yml"] = Manifests.Shop }, "Copy barcelona.yml");
        await Stage.GitHub.WhenQuietAsync();
        return () => Assert.Single(blog.CheckRuns, c => c.Name == "barcelona/production");
    }

    private bool Sent(string operation) =>
        Stage.Aws.Calls.Of("cloudformation", operation).Any(c => (string?)c.Request["StackName"] == App);

    private IEnumerable<string> GivenUp() =>
        Stage.Aws.Calls.Writes.Where(c => c.Operation is "CancelUpdateStack" or "DeleteStack").Select(c => c.ToString());
}
