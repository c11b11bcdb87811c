using System.Net;
using System.Net.Http.Json;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.GitHub;
using Barcelona.GitOps.GitHub.Deployments;
using Barcelona.GitOps.GitHub.Http;
using Barcelona.GitOps.Sandbox.GitHub.Faults;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Barcelona.GitOps.Tests.GitHub;

/// <summary>What happens to requests when GitHub, the network or a token is not what it should be.</summary>
public sealed class RequestTests
{
    private static readonly GitRef Main = GitRef.Branch("main");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_read_that_fails_is_repeated_and_a_write_is_not()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var commit = await fixture.CommitAsync();
        var github = await fixture.ClientAsync();
        fixture.GitHub.Faults.Add(new Fault.Status(502), "GET", times: 2).Add(new Fault.Status(502), "POST", "/repos/*/deployments");

        Assert.Equal(commit, await DrivenAsync(fixture.Clock, github.HeadAsync(Main, Cancellation)));
        Assert.Equal(3, fixture.Requests().Count());
        var write = fixture.Get<DeploymentReporter>().CreateAsync(github, new(commit, "production", "7"), "", Cancellation);
        await Assert.ThrowsAsync<GitHubUnavailableException>(() => DrivenAsync(fixture.Clock, write));
        Assert.Single(fixture.GitHub.Requests.Writes);
    }

    [Theory]
    [InlineData(403, false, UnavailableReason.RateLimit)]
    [InlineData(429, false, UnavailableReason.RateLimit)]
    [InlineData(403, true, UnavailableReason.SecondaryRateLimit)]
    [InlineData(429, true, UnavailableReason.RateLimit)]
    public async Task A_rate_limit_says_when_to_come_back_and_until_then_nothing_is_sent(int status, bool isSecondary, UnavailableReason reason)
    {
        await using var fixture = await GitHubFixture.StartAsync();
        await fixture.CommitAsync();
        var github = await fixture.ClientAsync();
        var wait = TimeSpan.FromSeconds(90);
        fixture.GitHub.Faults.Add(isSecondary ? new Fault.SecondaryRateLimit(wait, status) : new Fault.PrimaryRateLimit(wait, status), "GET");

        var error = await Assert.ThrowsAsync<GitHubUnavailableException>(() => github.HeadAsync(Main, Cancellation));
        Assert.Equal((reason, wait), (error.Reason, error.RetryAfter));
        Assert.False(error.MayHaveHappened);

        fixture.Clock.Advance(TimeSpan.FromSeconds(60));
        error = await Assert.ThrowsAsync<GitHubUnavailableException>(() => github.HeadAsync(Main, Cancellation));
        Assert.Equal((reason, TimeSpan.FromSeconds(30)), (error.Reason, error.RetryAfter));
        Assert.Single(fixture.Requests());

        fixture.Clock.Advance(TimeSpan.FromSeconds(31));
        Assert.NotNull(await github.HeadAsync(Main, Cancellation));
    }

    [Fact]
    public async Task A_budget_is_scarce_from_its_half_until_the_hour_is_over()
    {
        await using var fixture = await GitHubFixture.StartAsync(requestsPerHour: 4);
        var github = await fixture.ClientAsync();
        var scarce = new List<bool>();
        for (var request = 0; request < 3; request++)
        {
            // Another head each time: what has not changed costs nothing.
            await fixture.CommitAsync(content: $"# {request}\n");
            await github.HeadAsync(Main, Cancellation);
            scarce.Add(github.IsBudgetScarce);
        }

        Assert.Equal([false, false, true], scarce);
        fixture.Clock.Advance(TimeSpan.FromHours(1));
        Assert.False(github.IsBudgetScarce);
    }

    [Fact]
    public async Task A_network_that_is_down_is_again_later()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        await fixture.CommitAsync();
        var github = await fixture.ClientAsync();
        fixture.GitHub.Faults.Down = true;

        var error = await Assert.ThrowsAsync<GitHubUnavailableException>(() => DrivenAsync(fixture.Clock, github.HeadAsync(Main, Cancellation)));
        Assert.Equal(UnavailableReason.Network, error.Reason);
        await Assert.ThrowsAsync<GitHubUnavailableException>(() => DrivenAsync(fixture.Clock, fixture.Get<GitHubHealth>().PingAsync(Cancellation)));

        fixture.GitHub.Faults.Down = false;
        Assert.NotNull(await github.HeadAsync(Main, Cancellation));
    }

    [Fact]
    public async Task An_answer_that_does_not_come_is_given_up_after_half_a_minute()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        await fixture.CommitAsync();
        var github = await fixture.ClientAsync();
        fixture.GitHub.Faults.Add(new Fault.TimeOut(), "GET");
        var before = fixture.Clock.GetUtcNow();

        var error = await Assert.ThrowsAsync<GitHubUnavailableException>(() => DrivenAsync(fixture.Clock, github.HeadAsync(Main, Cancellation)));

        Assert.Equal(UnavailableReason.Network, error.Reason);
        Assert.InRange(fixture.Clock.GetUtcNow() - before, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task A_cancelled_request_is_cancelled_and_nothing_else()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        await fixture.CommitAsync();
        var github = await fixture.ClientAsync();
        fixture.GitHub.Faults.Add(new Fault.TimeOut(), "GET");
        using var cancellation = new CancellationTokenSource();

        var reading = github.HeadAsync(Main, cancellation.Token);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    [Fact]
    public async Task A_token_that_is_no_longer_accepted_is_replaced_once()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        await fixture.CommitAsync();
        var github = await fixture.ClientAsync();
        fixture.GitHub.Faults.Add(new Fault.Status(401), "GET", "/repos/*");
        Assert.NotNull(await github.HeadAsync(Main, Cancellation));

        fixture.GitHub.Faults.Add(new Fault.Status(401), "GET", "/repos/*", times: 2);
        var error = await Assert.ThrowsAsync<GitHubRefusedException>(() => github.HeadAsync(Main, Cancellation));

        Assert.Equal(HttpStatusCode.Unauthorized, error.Status);
        Assert.Equal(3, fixture.GitHub.Requests.Count(r => r.Path.EndsWith("/access_tokens", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_answer_that_has_not_changed_is_not_sent_again_not_even_under_a_new_token()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var first = await fixture.CommitAsync();
        Assert.Equal(first, await (await fixture.ClientAsync()).HeadAsync(Main, Cancellation));

        fixture.Clock.Advance(TimeSpan.FromMinutes(56));
        Assert.Equal(first, await (await fixture.ClientAsync()).HeadAsync(Main, Cancellation));
        Assert.Equal(["200", "304"], fixture.Requests().Select(r => r[^3..]));

        var second = await fixture.CommitAsync(content: "other");
        Assert.Equal(second, await (await fixture.ClientAsync()).HeadAsync(Main, Cancellation));
    }

    [Fact]
    public async Task Answers_are_not_shared_between_repositories_or_installations()
    {
        using var cache = new EtagCache();
        var info = new Octokit.ApiInfo(new Dictionary<string, Uri>(), [], [], "\"etag\"", new(5000, 4999, 0));
        var entry = new Octokit.Caching.CachedResponse.V1("{}", new Dictionary<string, string>(), info, HttpStatusCode.OK, "application/json");
        var request = new Octokit.Internal.Request { Endpoint = new Uri("app", UriKind.Relative) };

        await cache.For("1 acme/shop").SetAsync(request, entry);

        Assert.Same(entry, await cache.For("1 acme/shop").GetAsync(request));
        Assert.Null(await cache.For("2 acme/shop").GetAsync(request));
    }

    [Fact]
    public async Task A_request_is_JSON_and_names_the_version_of_the_API()
    {
        using var content = new StringContent("{}", System.Text.Encoding.UTF8, "application/x-www-form-urlencoded");
        using var request = new HttpRequestMessage(HttpMethod.Post, "https://api.github.com/app") { Content = content };
        using var invoker = new HttpMessageInvoker(new RequestHeaders { InnerHandler = new Nowhere() });

        using var response = await invoker.SendAsync(request, Cancellation);

        Assert.Equal("application/json; charset=utf-8", request.Content.Headers.ContentType?.ToString());
        Assert.Equal("2022-11-28", Assert.Single(request.Headers.GetValues("X-GitHub-Api-Version")));
    }

    [Fact]
    public async Task What_the_App_may_not_do_is_a_refusal_with_GitHubs_words()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        await fixture.CommitAsync();
        var github = await fixture.ClientAsync();
        var nobody = new DeploymentIdentity(CommitSha.Parse(new string('a', 40)), "production", "7");

        var error = await Assert.ThrowsAsync<GitHubRefusedException>(
            () => fixture.Get<DeploymentReporter>().CreateAsync(github, nobody, "", Cancellation));

        Assert.StartsWith("POST repos/acme/shop/deployments: GitHub answers 4", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_to_another_host_is_followed_without_the_token()
    {
        var seen = new List<string>();
        using var handler = new Redirecting(seen);
        var key = new Dictionary<string, string?> { ["GitHub:AppId"] = "4711", ["GitHub:PrivateKey"] = GitHubFixture.AppKey };
        var services = new ServiceCollection().AddGitHub(new ConfigurationBuilder().AddInMemoryCollection(key).Build());
        services.AddHttpClient(ApiFactory.HttpClientName).ConfigurePrimaryHttpMessageHandler(() => handler);
        await using var provider = services.BuildServiceProvider();

        await provider.GetRequiredService<AppClient>().DescribeAsync(Cancellation);

        Assert.Equal(["api.github.com with a token", "elsewhere.example without"], seen);
    }

    /// <summary>Lets the clock run while the work waits for it.</summary>
    private static async Task<T> DrivenAsync<T>(FakeTimeProvider clock, Task<T> work)
    {
        while (!work.IsCompleted)
        {
            await Task.WhenAny(work, Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Cancellation));
            if (!work.IsCompleted)
            {
                clock.Advance(TimeSpan.FromSeconds(1));
            }
        }

        return await work;
    }

    private sealed class Redirecting(List<string> seen) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            seen.Add($"{request.RequestUri?.Host} {(request.Headers.Authorization is null ? "without" : "with a token")}");
            var response = seen.Count == 1
                ? new HttpResponseMessage(HttpStatusCode.Redirect) { Headers = { Location = new Uri("https://elsewhere.example/app") } }
                : new HttpResponseMessage(HttpStatusCode.OK) { Content = JsonContent.Create(new { slug = "barcelona" }) };
            response.RequestMessage = request;
            return Task.FromResult(response);
        }
    }

    private sealed class Nowhere : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK));
    }
}
