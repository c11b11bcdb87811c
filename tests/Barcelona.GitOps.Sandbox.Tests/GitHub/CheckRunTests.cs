using System.Net;
using Octokit;
using Octokit.Webhooks.Events;

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

    [Fact]
    public async Task Annotations_of_several_updates_add_up_and_are_listed_by_page()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var sha = await fixture.CommitAsync();
        var token = await fixture.Client.TokenAsync();
        var id = await CreateAsync(fixture, token, new { name = "barcelona", head_sha = sha });
        for (var batch = 0; batch < 2; batch++)
        {
            using var updated = await fixture.Client.SendAsync(HttpMethod.Patch, $"repos/acme/shop/check-runs/{id}", token,
                new { output = new { title = "t", summary = "s", annotations = Annotations(40) } });
            Assert.Equal(HttpStatusCode.OK, updated.StatusCode);
        }

        using var page = await fixture.Client.SendAsync(HttpMethod.Get, $"repos/acme/shop/check-runs/{id}/annotations?per_page=50", token);
        Assert.Equal(50, (await AppClient.JsonAsync(page)).GetArrayLength());
        Assert.Contains("page=2", page.Headers.GetValues("Link").Single(), StringComparison.Ordinal);
        var run = await fixture.Client.GetAsync($"repos/acme/shop/check-runs/{id}", token);
        Assert.Equal(80, run.GetProperty("output").GetProperty("annotations_count").GetInt32());
    }

    public static TheoryData<string, object> Refused => new()
    {
        { "51 annotations", new { title = "t", summary = "s", annotations = Annotations(51) } },
        { "a text over 65,535 characters", new { title = "t", summary = "s", text = new string('x', 65536) } },
        { "no summary", new { title = "t" } },
        { "an unknown level", WithAnnotation(new { path = "p", start_line = 1, end_line = 1, annotation_level = "fatal", message = "m" }) },
        {
            "columns over two lines",
            WithAnnotation(new { path = "p", start_line = 1, end_line = 2, start_column = 1, annotation_level = "notice", message = "m" })
        },
        { "an end before the start", WithAnnotation(new { path = "p", start_line = 2, end_line = 1, annotation_level = "notice", message = "m" }) },
    };

    [Theory]
    [MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public async Task Output_beyond_the_limits_is_refused_and_changes_nothing(string what, object output)
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var sha = await fixture.CommitAsync();
        var token = await fixture.Client.TokenAsync();
        using var response = await fixture.Client.PostAsync("repos/acme/shop/check-runs", token, new { name = what, head_sha = sha, output });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Empty(fixture.Repository.CheckRuns);
    }

    [Fact]
    public async Task More_than_three_buttons_and_long_labels_are_refused()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var sha = await fixture.CommitAsync();
        var token = await fixture.Client.TokenAsync();
        var button = new { label = "Redeploy", description = "Run it again", identifier = "redeploy" };
        object[][] refused = [[button, button, button, button], [new { label = "a label of 21 letters", description = "d", identifier = "i" }]];
        foreach (var actions in refused)
        {
            using var response = await fixture.Client.PostAsync("repos/acme/shop/check-runs", token, new { name = "x", head_sha = sha, actions });
            Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        }
        await CreateAsync(fixture, token, new { name = "x", head_sha = sha, actions = new[] { button } });
    }

    [Fact]
    public async Task A_check_on_a_commit_that_is_not_there_is_refused()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        await fixture.CommitAsync();
        using var response = await fixture.Client.SendAsync(HttpMethod.Post, "repos/acme/shop/check-runs", await fixture.Client.TokenAsync(),
            new { name = "x", head_sha = new string('a', 40) });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
    }

    [Fact]
    public async Task Of_runs_with_one_name_the_newest_is_listed_and_filters_narrow()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var sha = await fixture.CommitAsync();
        var token = await fixture.Client.TokenAsync();
        await CreateAsync(fixture, token, new { name = "barcelona", head_sha = sha });
        var newest = await CreateAsync(fixture, token, new { name = "barcelona", head_sha = sha });
        await CreateAsync(fixture, token, new { name = "barcelona/staging", head_sha = sha });

        var path = $"repos/acme/shop/commits/{sha}/check-runs";
        Assert.Equal(2, (await fixture.Client.GetAsync(path, token)).GetProperty("total_count").GetInt32());
        var one = await fixture.Client.GetAsync($"{path}?check_name=barcelona&app_id=4711", token);
        Assert.Equal(newest, one.GetProperty("check_runs")[0].GetProperty("id").GetInt64());
        Assert.Equal(3, (await fixture.Client.GetAsync($"{path}?filter=all", token)).GetProperty("total_count").GetInt32());
        Assert.Equal(0, (await fixture.Client.GetAsync($"{path}?app_id=1", token)).GetProperty("total_count").GetInt32());
        var suites = await fixture.Client.GetAsync($"repos/acme/shop/commits/{sha}/check-suites", token);
        Assert.Equal(1, suites.GetProperty("total_count").GetInt32());
    }

    [Fact]
    public async Task The_App_hears_of_its_own_runs_and_of_the_buttons_that_people_press()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var sha = await fixture.CommitAsync();
        var token = await fixture.Client.TokenAsync();
        var id = await CreateAsync(fixture, token, new
        {
            name = "barcelona",
            head_sha = sha,
            external_id = "12",
            conclusion = "failure",
            actions = new[] { new { label = "Redeploy", description = "Run it again", identifier = "redeploy" } },
        });
        await fixture.Repository.RerequestAsync(id, "alice");
        await fixture.Repository.RequestActionAsync(id, "redeploy", "alice");
        await fixture.Repository.RerequestSuiteAsync(sha, "alice");
        await fixture.GitHub.WhenQuietAsync();

        var runs = fixture.Receiver.Of("check_run").ToDictionary(r => r.Action ?? "", r => r.As<CheckRunEvent>());
        Assert.Equal(["completed", "requested_action", "rerequested"], runs.Keys.Order());
        Assert.Equal("barcelona[bot]", runs["completed"].Sender?.Login);
        Assert.Equal(("alice", "12"), (runs["rerequested"].Sender?.Login, runs["rerequested"].CheckRun.ExternalId));
        Assert.Equal(["requested", "rerequested"], fixture.Receiver.Of("check_suite").Select(r => r.Action));
        await Assert.ThrowsAsync<ArgumentException>(() => fixture.Repository.RequestActionAsync(id, "unknown", "alice"));
    }

    private static async Task<long> CreateAsync(GitHubFixture fixture, string token, object body)
    {
        using var response = await fixture.Client.SendAsync(HttpMethod.Post, "repos/acme/shop/check-runs", token, body);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return (await AppClient.JsonAsync(response)).GetProperty("id").GetInt64();
    }

    private static object WithAnnotation(object annotation) => new { title = "t", summary = "s", annotations = new[] { annotation } };

    private static IEnumerable<object> Annotations(int count) => Enumerable.Range(1, count)
        .Select(line => new { path = "barcelona.yml", start_line = line, end_line = line, annotation_level = "failure", message = "wrong" });
}
