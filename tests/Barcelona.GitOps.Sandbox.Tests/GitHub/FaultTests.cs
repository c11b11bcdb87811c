using System.Net;
using Barcelona.GitOps.Sandbox.GitHub.Faults;

namespace Barcelona.GitOps.Sandbox.Tests.GitHub;

public sealed class FaultTests
{
    [Fact]
    public async Task A_rule_hits_its_path_as_often_as_it_says()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var token = await fixture.Client.TokenAsync();
        fixture.GitHub.Faults.Add(new Fault.Status(502), "GET", "/repos/acme/*", times: 2, skip: 1);
        var answers = new List<int>();
        for (var i = 0; i < 4; i++)
            answers.Add(await StatusAsync(fixture, "repos/acme/shop", token));
        Assert.Equal([200, 502, 502, 200], answers);
        Assert.Equal(200, await StatusAsync(fixture, "installation/repositories", token));
    }

    [Fact]
    public async Task Rate_limits_say_when_to_come_back()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var token = await fixture.Client.TokenAsync();
        fixture.GitHub.Faults.Add(new Fault.PrimaryRateLimit(TimeSpan.FromMinutes(5)));
        fixture.GitHub.Faults.Add(new Fault.SecondaryRateLimit(TimeSpan.FromSeconds(60), Code: 429));

        using var primary = await fixture.Client.SendAsync(HttpMethod.Get, "repos/acme/shop", token);
        using var secondary = await fixture.Client.SendAsync(HttpMethod.Get, "repos/acme/shop", token);
        Assert.Equal((HttpStatusCode.Forbidden, "0"), (primary.StatusCode, primary.Headers.GetValues("X-RateLimit-Remaining").Single()));
        Assert.Equal($"{fixture.Clock.GetUtcNow().AddMinutes(5).ToUnixTimeSeconds()}", primary.Headers.GetValues("X-RateLimit-Reset").Single());
        Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(60)), (secondary.StatusCode, secondary.Headers.RetryAfter?.Delta));
    }

    [Fact]
    public async Task The_hours_budget_runs_out_and_comes_back()
    {
        await using var fixture = await GitHubFixture.StartAsync(o => o with { RequestsPerHour = 3 });
        var token = await fixture.Client.TokenAsync();
        var answers = new List<int>();
        for (var i = 0; i < 4; i++)
            answers.Add(await StatusAsync(fixture, "repos/acme/shop", token));
        Assert.Equal([200, 200, 200, 403], answers);
        fixture.Clock.Advance(TimeSpan.FromMinutes(61));
        Assert.Equal(200, await StatusAsync(fixture, "repos/acme/shop", await fixture.Client.TokenAsync()));
    }

    [Fact]
    public async Task After_a_lost_response_the_write_is_there()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var sha = await fixture.CommitAsync();
        var token = await fixture.Client.TokenAsync();
        fixture.GitHub.Faults.Add(new Fault.LostResponse(), "POST", "/repos/*/check-runs");
        await Assert.ThrowsAsync<HttpRequestException>(() =>
            fixture.Client.SendAsync(HttpMethod.Post, "repos/acme/shop/check-runs", token, new { name = "x", head_sha = sha }));
        Assert.Single(fixture.Repository.CheckRuns);
        Assert.Equal(0, fixture.GitHub.Requests.Writes[^1].StatusCode);
    }

    [Fact]
    public async Task A_request_that_times_out_did_nothing()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var sha = await fixture.CommitAsync();
        var token = await fixture.Client.TokenAsync();
        fixture.GitHub.Faults.Add(new Fault.TimeOut(), "POST", "/repos/*/check-runs");
        using var http = new HttpClient(new SocketsHttpHandler()) { Timeout = TimeSpan.FromMilliseconds(200) };
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(fixture.Host.GitHubApiUrl, "repos/acme/shop/check-runs"));
        request.Headers.Authorization = new("Bearer", token);
        request.Content = new StringContent($$"""{"name":"x","head_sha":"{{sha}}"}""", System.Text.Encoding.UTF8, "application/json");
        await Assert.ThrowsAsync<TaskCanceledException>(() => http.SendAsync(request, TestContext.Current.CancellationToken));
        Assert.Empty(fixture.Repository.CheckRuns);
    }

    [Fact]
    public async Task Down_is_down_for_git_too()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        await fixture.CommitAsync();
        var token = await fixture.Client.TokenAsync();
        fixture.GitHub.Faults.Down = true;
        await Assert.ThrowsAsync<HttpRequestException>(() => StatusAsync(fixture, "repos/acme/shop", token));
        Assert.NotEqual(0, (await GitCli.TryAsync(Path.GetTempPath(), "ls-remote", fixture.Repository.CloneUrl.AbsoluteUri)).Exit);
        fixture.GitHub.Faults.Down = false;
        Assert.Equal(200, await StatusAsync(fixture, "repos/acme/shop", token));
    }

    private static async Task<int> StatusAsync(GitHubFixture fixture, string path, string token)
    {
        using var response = await fixture.Client.SendAsync(HttpMethod.Get, path, token);
        return (int)response.StatusCode;
    }
}
