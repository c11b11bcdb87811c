using Barcelona.GitOps.Sandbox.Run;
using Barcelona.GitOps.Sandbox.Tests.GitHub;

namespace Barcelona.GitOps.Sandbox.Tests.Run;

public sealed class PlatformVerdictTests
{
    [Theory]
    [InlineData("success", true)]
    [InlineData("failure", false)]
    [InlineData("action_required", false)]
    public async Task A_push_to_the_platform_repository_ends_with_the_checks_of_its_districts(string conclusion, bool expected)
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var sha = await fixture.CommitAsync();
        var verdict = new PlatformVerdict(fixture.Repository, sha);
        fixture.GitHub.Changed += verdict.Look;
        var token = await fixture.Client.TokenAsync();

        await PostAsync(fixture, token, new { name = "barcelona", head_sha = sha, conclusion = "success" });
        await PostAsync(fixture, token, new { name = "barcelona/district/default", head_sha = sha, status = "in_progress" });
        Assert.False(verdict.Task.IsCompleted);
        var run = fixture.Repository.CheckRuns.Single(run => run.Status == "in_progress");
        using var done = await fixture.Client.SendAsync(HttpMethod.Patch, $"repos/acme/shop/check-runs/{run.Id}", token, new { conclusion });

        Assert.Equal(expected, await verdict.Task);
    }

    [Fact]
    public async Task A_check_of_the_files_alone_is_not_the_end()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var sha = await fixture.CommitAsync();
        var verdict = new PlatformVerdict(fixture.Repository, sha);
        fixture.GitHub.Changed += verdict.Look;
        await PostAsync(fixture, await fixture.Client.TokenAsync(), new { name = "barcelona", head_sha = sha, conclusion = "success" });
        Assert.False(verdict.Task.IsCompleted);
    }

    private static async Task PostAsync(GitHubFixture fixture, string token, object body)
    {
        using var response = await fixture.Client.PostAsync("repos/acme/shop/check-runs", token, body);
        Assert.True(response.IsSuccessStatusCode);
    }
}
