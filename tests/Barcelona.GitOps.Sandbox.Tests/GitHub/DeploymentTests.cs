using System.Net;
using Octokit;

namespace Barcelona.GitOps.Sandbox.Tests.GitHub;

public sealed class DeploymentTests
{
    [Fact]
    public async Task A_deployment_and_its_statuses_go_through_Octokit()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var sha = await fixture.CommitAsync();
        var github = fixture.Client.Octokit(await fixture.Client.TokenAsync());

        var created = await github.Repository.Deployment.Create("acme", "shop", new NewDeployment(sha)
        {
            Environment = "staging",
            AutoMerge = false,
            RequiredContexts = [],
            Payload = new Dictionary<string, string> { ["release"] = "7" },
        });
        foreach (var state in (DeploymentState[])[DeploymentState.InProgress, DeploymentState.Success])
            await github.Repository.Deployment.Status.Create("acme", "shop", created.Id, new NewDeploymentStatus(state) { LogUrl = "http://x/log" });

        var deployment = Assert.Single(fixture.Repository.Deployments);
        Assert.Equal((sha, "staging", "deploy"), (deployment.Sha, deployment.Environment, deployment.Task));
        Assert.Equal("7", deployment.Payload?["release"]?.GetValue<string>());
        Assert.Equal(["in_progress", "success"], deployment.Statuses.Select(s => s.State));
        Assert.Equal(created.Id, Assert.Single(await github.Repository.Deployment.GetAll("acme", "shop")).Id);
        Assert.Equal("success", (await github.Repository.Deployment.Status.GetAll("acme", "shop", created.Id))[0].State.StringValue);
    }

    [Fact]
    public async Task A_pending_check_is_a_conflict_unless_no_context_is_required()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var sha = await fixture.CommitAsync();
        var token = await fixture.Client.TokenAsync();
        using var check = await fixture.Client.PostAsync("repos/acme/shop/check-runs", token, new { name = "barcelona", head_sha = sha });

        Assert.Equal(HttpStatusCode.Conflict, await CreateAsync(fixture, token, new { @ref = sha }));
        Assert.Equal(HttpStatusCode.Conflict, await CreateAsync(fixture, token, new { @ref = sha, required_contexts = new[] { "ci" } }));
        Assert.Empty(fixture.Repository.Deployments);
        Assert.Equal(HttpStatusCode.Created, await CreateAsync(fixture, token, new { @ref = sha, required_contexts = Array.Empty<string>() }));
    }

    [Fact]
    public async Task Lists_are_filtered_by_sha_ref_task_and_environment()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var sha = await fixture.CommitAsync();
        var token = await fixture.Client.TokenAsync();
        await CreateAsync(fixture, token, new { @ref = "main", environment = "staging" });
        await CreateAsync(fixture, token, new { @ref = sha, environment = "production", task = "rollback" });

        async Task<int> CountAsync(string query) => (await fixture.Client.GetAsync($"repos/acme/shop/deployments?{query}", token)).GetArrayLength();
        Assert.Equal(2, await CountAsync($"sha={sha}"));
        Assert.Equal(1, await CountAsync("ref=main"));
        Assert.Equal(1, await CountAsync("task=rollback"));
        Assert.Equal(1, await CountAsync("environment=staging"));
        Assert.Equal(0, await CountAsync("environment=staging&task=rollback"));
    }

    [Fact]
    public async Task A_new_success_retires_the_earlier_one_of_an_ordinary_environment_only()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        await fixture.CommitAsync();
        var token = await fixture.Client.TokenAsync();
        foreach (var environment in (string[])["staging", "staging", "production", "production"])
        {
            await CreateAsync(fixture, token, new { @ref = "main", environment });
            using var status = await fixture.Client.SendAsync(HttpMethod.Post,
                $"repos/acme/shop/deployments/{fixture.Repository.Deployments[^1].Id}/statuses", token, new { state = "success" });
            Assert.Equal(HttpStatusCode.Created, status.StatusCode);
        }
        Assert.Equal(["inactive", "success", "success", "success"], fixture.Repository.Deployments.Select(d => d.Statuses[^1].State));
    }

    [Fact]
    public async Task An_unknown_ref_and_an_unknown_state_are_refused()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        await fixture.CommitAsync();
        var token = await fixture.Client.TokenAsync();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await CreateAsync(fixture, token, new { @ref = "nowhere" }));
        await CreateAsync(fixture, token, new { @ref = "main" });
        using var status = await fixture.Client.SendAsync(HttpMethod.Post,
            $"repos/acme/shop/deployments/{fixture.Repository.Deployments[0].Id}/statuses", token, new { state = "done" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status.StatusCode);
    }

    private static async Task<HttpStatusCode> CreateAsync(GitHubFixture fixture, string token, object body)
    {
        using var response = await fixture.Client.SendAsync(HttpMethod.Post, "repos/acme/shop/deployments", token, body);
        return response.StatusCode;
    }
}
