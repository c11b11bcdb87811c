using Barcelona.GitOps.GitHub;
using Barcelona.GitOps.GitHub.Deployments;
using Barcelona.GitOps.GitHub.Http;
using Barcelona.GitOps.Sandbox.GitHub.Faults;

namespace Barcelona.GitOps.Tests.GitHub;

public sealed class DeploymentReporterTests
{
    private static readonly Uri Log = new("https://barcelona.example/deployments/7");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_deployment_goes_from_queued_to_success()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var (github, reporter, deployment) = await StartAsync(fixture);
        await fixture.Repository.SetStatusAsync(deployment.Commit.Value, "ci/build", "pending");

        var id = await reporter.CreateAsync(github, deployment, "Deploy to default", Cancellation);
        await reporter.ReportAsync(github, id, new(DeploymentPhase.Queued, "Waiting"), Cancellation);
        await reporter.ReportAsync(github, id, new(DeploymentPhase.InProgress, "Deploying", Log), Cancellation);
        await reporter.ReportAsync(github, id, new(DeploymentPhase.Success, new string('d', 200), Log, new("https://shop.example/")), Cancellation);

        var made = Assert.Single(fixture.Repository.Deployments);
        Assert.Equal((id, deployment.Commit.Value, "production", "deploy"), (made.Id, made.Sha, made.Environment, made.Task));
        Assert.Equal("""{"barcelona_deployment":"7"}""", made.Payload?.ToJsonString());
        Assert.Equal(["queued", "in_progress", "success"], made.Statuses.OrderBy(s => s.Id).Select(s => s.State));
        var last = made.Statuses.MaxBy(s => s.Id);
        Assert.Equal((Log.AbsoluteUri, "https://shop.example/", 140), (last?.LogUrl, last?.EnvironmentUrl, last?.Description.Length));
    }

    [Theory]
    [InlineData(DeploymentPhase.Failure, "failure")]
    [InlineData(DeploymentPhase.Error, "error")]
    [InlineData(DeploymentPhase.Inactive, "inactive")]
    public async Task What_was_said_last_is_known(DeploymentPhase phase, string state)
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var (github, reporter, deployment) = await StartAsync(fixture);
        var id = await reporter.CreateAsync(github, deployment, "", Cancellation);
        var report = new DeploymentReport(phase, "How it ended", Log);

        Assert.False(await reporter.SaysAsync(github, id, report, Cancellation));
        await reporter.ReportAsync(github, id, report, Cancellation);

        Assert.True(await reporter.SaysAsync(github, id, report, Cancellation));
        Assert.False(await reporter.SaysAsync(github, id, report with { Description = "Something else" }, Cancellation));
        Assert.Equal([state], fixture.Repository.Deployments[0].Statuses.Select(s => s.State));
    }

    [Fact]
    public async Task A_deployment_whose_answer_was_lost_is_found_and_not_made_twice()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var (github, reporter, deployment) = await StartAsync(fixture);
        fixture.GitHub.Faults.Add(new Fault.LostResponse(), "POST", "/repos/*/deployments");

        var id = await reporter.CreateAsync(github, deployment, "", Cancellation);

        Assert.Equal(id, Assert.Single(fixture.Repository.Deployments).Id);
        fixture.GitHub.Faults.Add(new Fault.Status(500), "POST", "/repos/*/deployments");
        await Assert.ThrowsAsync<GitHubUnavailableException>(() => reporter.CreateAsync(github, deployment with { Id = "8" }, "", Cancellation));
    }

    [Fact]
    public async Task A_deployment_is_found_by_its_own_id_only()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var (github, reporter, deployment) = await StartAsync(fixture);
        await reporter.CreateAsync(github, deployment with { Id = "6" }, "", Cancellation);
        var id = await reporter.CreateAsync(github, deployment, "", Cancellation);

        Assert.Equal(id, await reporter.FindAsync(github, deployment, Cancellation));
        Assert.Null(await reporter.FindAsync(github, deployment with { Id = "8" }, Cancellation));
        Assert.Null(await reporter.FindAsync(github, deployment with { Environment = "staging" }, Cancellation));
    }

    [Theory]
    [InlineData("""{"barcelona_deployment":"7"}""", true)]
    [InlineData("""{"barcelona_deployment":"7","nested":{"a":[1]}}""", true)]
    [InlineData("\"{\\\"barcelona_deployment\\\":\\\"7\\\"}\"", true)]
    [InlineData("""{"barcelona_deployment":7}""", false)]
    [InlineData("""{"web_url":"https://example.com","count":1}""", false)]
    [InlineData("\"barcelona_deployment\"", false)]
    [InlineData("\"\\\"barcelona_deployment\\\"\"", false)]
    [InlineData("\"\"", false)]
    [InlineData("[]", false)]
    [InlineData("null", false)]
    public void Payloads_of_other_tools_are_read_without_harm(string payload, bool isOurs) =>
        Assert.Equal(isOurs ? "7" : null, DeploymentPayload.IdIn(System.Text.Json.JsonDocument.Parse(payload).RootElement));

    private static async Task<(RepositoryClient GitHub, DeploymentReporter Reporter, DeploymentIdentity Deployment)> StartAsync(GitHubFixture fixture)
    {
        var commit = await fixture.CommitAsync();
        return (await fixture.ClientAsync(), fixture.Get<DeploymentReporter>(), new(commit, "production", "7"));
    }
}
