using Barcelona.GitOps.Sandbox.Run;
using Barcelona.GitOps.Sandbox.Tests.GitHub;

namespace Barcelona.GitOps.Sandbox.Tests.Run;

public sealed class DeployVerdictTests
{
    [Theory]
    [InlineData("success", true)]
    [InlineData("failure", false)]
    public async Task A_deploy_ends_with_its_deployment_and_its_check(string outcome, bool expected)
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var sha = await fixture.CommitAsync();
        var verdict = new DeployVerdict(fixture.Repository, sha);
        fixture.GitHub.Changed += verdict.Look;
        var token = await fixture.Client.TokenAsync();

        await PostAsync(fixture, "check-runs", token, new { name = "barcelona/production", head_sha = sha, status = "in_progress" });
        await PostAsync(fixture, "deployments", token, new { @ref = sha, required_contexts = Array.Empty<string>() });
        await PostAsync(fixture, $"deployments/{fixture.Repository.Deployments[0].Id}/statuses", token, new { state = outcome });
        Assert.False(verdict.Task.IsCompleted);
        using var done = await fixture.Client.SendAsync(HttpMethod.Patch, $"repos/acme/shop/check-runs/{fixture.Repository.CheckRuns[0].Id}", token,
            new { conclusion = outcome });
        Assert.Equal(expected, await verdict.Task);
    }

    [Fact]
    public async Task A_check_that_succeeds_without_a_deployment_is_not_the_end_and_one_that_fails_is()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var sha = await fixture.CommitAsync();
        var verdict = new DeployVerdict(fixture.Repository, sha);
        fixture.GitHub.Changed += verdict.Look;
        var token = await fixture.Client.TokenAsync();
        await PostAsync(fixture, "check-runs", token, new { name = "barcelona", head_sha = sha, conclusion = "success" });
        Assert.False(verdict.Task.IsCompleted);
        await PostAsync(fixture, "check-runs", token, new { name = "barcelona/production", head_sha = sha, conclusion = "failure" });
        Assert.False(await verdict.Task);
    }

    private static async Task PostAsync(GitHubFixture fixture, string path, string token, object body)
    {
        using var response = await fixture.Client.PostAsync($"repos/acme/shop/{path}", token, body);
        Assert.True(response.IsSuccessStatusCode);
    }
}
