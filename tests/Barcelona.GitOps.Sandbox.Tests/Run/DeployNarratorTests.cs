using Barcelona.GitOps.Sandbox.Run;
using Barcelona.GitOps.Sandbox.Tests.GitHub;

namespace Barcelona.GitOps.Sandbox.Tests.Run;

public sealed class DeployNarratorTests : IDisposable
{
    private readonly StringWriter _output = new();

    [Fact]
    public async Task A_deploy_is_told_as_it_happens()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        fixture.GitHub.Changed += new DeployNarrator(new Terminal(_output, isColored: false), fixture.Clock).Tell;
        var sha = await fixture.CommitAsync();
        var token = await fixture.Client.TokenAsync();
        await PostAsync(fixture, "check-runs", token, new { name = "barcelona/production", head_sha = sha, status = "in_progress" });
        await PostAsync(fixture, "deployments", token, new { @ref = sha, required_contexts = Array.Empty<string>() });
        var statuses = $"deployments/{fixture.Repository.Deployments[0].Id}/statuses";
        await PostAsync(fixture, statuses, token, new { state = "success", description = "One service" });
        using var done = await fixture.Client.SendAsync(HttpMethod.Patch, $"repos/acme/shop/check-runs/{fixture.Repository.CheckRuns[0].Id}", token,
            new { conclusion = "success", output = new { title = "Deployed", summary = "first\nsecond", text = "plan" } });

        Assert.Equal([
            $"   0.0s push refs/heads/main {sha[..7]}",
            "   0.0s check barcelona/production: in_progress",
            $"   0.0s deployment to production of {sha[..7]} created",
            "   0.0s deployment to production: success, One service",
            "   0.0s check barcelona/production: success, Deployed",
            "    first",
            "    second",
            "    plan",
        ], Lines());
    }

    [Fact]
    public async Task A_district_is_told_like_a_deploy()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var sha = await fixture.CommitAsync();
        var token = await fixture.Client.TokenAsync();
        fixture.GitHub.Changed += new DeployNarrator(new Terminal(_output, isColored: false), fixture.Clock).Tell;
        const string Summary = "| | |\n|---|---|\n| commit | 916710c |\n";
        const string Plan = "### Plan\n**2 to create.**\n```diff\n  barcelona-default\n+   Vpc (AWS::EC2::VPC)\n+      CidrBlock: 10.1.0.0/16\n```\n";
        var making = new { title = "Making default as 916710c says", summary = Summary, text = Plan };
        await PostAsync(fixture, "check-runs", token,
            new { name = "barcelona/district/default", head_sha = sha, status = "in_progress", output = making });
        var made = new { title = "default is as 916710c says", summary = Summary, text = "### Steps\n- stack `barcelona-default`: create\n" + Plan };
        using var done = await fixture.Client.SendAsync(HttpMethod.Patch, $"repos/acme/shop/check-runs/{fixture.Repository.CheckRuns[0].Id}", token,
            new { conclusion = "success", output = made });

        Assert.Equal([
            "   0.0s check barcelona/district/default: in_progress, Making default as 916710c says",
            "    commit  916710c",
            "    Plan",
            "    2 to create.",
            "      barcelona-default",
            "    +   Vpc (AWS::EC2::VPC), 1 settings",
            "   0.0s check barcelona/district/default: success, default is as 916710c says",
            "    Steps",
            "    - stack barcelona-default: create",
        ], Lines());
    }

    [Fact]
    public async Task Annotations_come_with_their_place_and_only_once()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var sha = await fixture.CommitAsync();
        var token = await fixture.Client.TokenAsync();
        fixture.GitHub.Changed += new DeployNarrator(new Terminal(_output, isColored: false), fixture.Clock).Tell;
        var annotation = new
        {
            path = "barcelona.yml",
            start_line = 7,
            end_line = 7,
            start_column = 5,
            annotation_level = "failure",
            title = "BCN101",
            message = "unknown key",
        };
        var output = new { title = "t", summary = "s", annotations = new[] { annotation } };
        await PostAsync(fixture, "check-runs", token, new { name = "barcelona", head_sha = sha, output });
        using var again = await fixture.Client.SendAsync(HttpMethod.Patch, $"repos/acme/shop/check-runs/{fixture.Repository.CheckRuns[0].Id}", token,
            new { conclusion = "failure" });

        Assert.Equal([
            "   0.0s check barcelona: queued, t",
            "    s",
            "    barcelona.yml:7:5 failure: BCN101",
            "        unknown key",
            "   0.0s check barcelona: failure, t",
        ], Lines());
    }

    [Fact]
    public async Task What_was_told_is_not_told_again()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var sha = await fixture.CommitAsync();
        var token = await fixture.Client.TokenAsync();
        fixture.GitHub.Changed += new DeployNarrator(new Terminal(_output, isColored: false), fixture.Clock).Tell;
        var first = new { title = "t", summary = "commit", text = "### Plan\n2 to create" };
        await PostAsync(fixture, "check-runs", token, new { name = "barcelona", head_sha = sha, output = first });
        var second = new { title = "t", summary = "commit", text = "### Steps\n- one\n### Plan\n2 to create" };
        using var update = await fixture.Client.SendAsync(HttpMethod.Patch, $"repos/acme/shop/check-runs/{fixture.Repository.CheckRuns[0].Id}", token,
            new { output = second });

        Assert.Equal(["   0.0s check barcelona: queued, t", "    commit", "    Plan", "    2 to create", "    Steps", "    - one"], Lines());
    }

    [Fact]
    public void Colours_are_only_for_those_who_look()
    {
        new Terminal(_output, isColored: true).Line("no", Tone.Bad);
        new Terminal(_output, isColored: false).Line("no", Tone.Bad);
        Assert.Equal(["\e[31mno\e[0m", "no"], Lines());
    }

    public void Dispose() => _output.Dispose();

    private string[] Lines() => _output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static async Task PostAsync(GitHubFixture fixture, string path, string token, object body)
    {
        using var response = await fixture.Client.PostAsync($"repos/acme/shop/{path}", token, body);
        Assert.True(response.IsSuccessStatusCode);
    }
}
