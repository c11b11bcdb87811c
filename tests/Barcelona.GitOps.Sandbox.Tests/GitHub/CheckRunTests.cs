using Octokit;

namespace Barcelona.GitOps.Sandbox.Tests.GitHub;

public sealed class CheckRunTests
{
    [Fact]
    public async Task A_check_run_goes_from_queued_to_success_through_Octokit()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var sha = await fixture.CommitAsync();
        var github = fixture.Client.Octokit(await fixture.Client.TokenAsync());

        var created = await github.Check.Run.Create("acme", "shop", new NewCheckRun("barcelona/production", sha)
        {
            Status = CheckStatus.InProgress,
            ExternalId = "7",
            StartedAt = fixture.Clock.GetUtcNow(),
        });
        await github.Check.Run.Update("acme", "shop", created.Id, new CheckRunUpdate
        {
            Status = CheckStatus.Completed,
            Conclusion = CheckConclusion.Success,
            Output = new NewCheckRunOutput("Deployed", "All well") { Text = "details" },
        });

        var run = Assert.Single(fixture.Repository.CheckRuns);
        Assert.Equal(("completed", "success", "Deployed", "7"), (run.Status, run.Conclusion, run.Title, run.ExternalId));
        var listed = await github.Check.Run.GetAllForReference("acme", "shop", sha);
        Assert.Equal(run.Id, Assert.Single(listed.CheckRuns).Id);
    }
}
