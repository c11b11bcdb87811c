using System.Text.Json;
using Barcelona.GitOps.GitHub.Http;
using Barcelona.GitOps.GitHub.Tokens;
using Barcelona.GitOps.Sandbox.GitHub.Faults;
using Barcelona.GitOps.Sandbox.GitHub.Rest;

namespace Barcelona.GitOps.Tests.GitHub;

public sealed class InstallationTokensTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TokenAccess.Deploy, "checks:write contents:read deployments:write metadata:read pull_requests:read statuses:read")]
    [InlineData(TokenAccess.ReadContents, "contents:read metadata:read")]
    public async Task A_token_is_for_one_repository_with_no_more_rights_than_needed(TokenAccess access, string permissions)
    {
        await using var fixture = await GitHubFixture.StartAsync();

        await fixture.Get<InstallationTokens>().GetAsync(Scope(fixture, access), Cancellation);

        var body = JsonDocument.Parse(Assert.Single(TokenRequests(fixture)).Body).RootElement;
        Assert.Equal("shop", Assert.Single(body.GetProperty("repositories").EnumerateArray()).GetString());
        var given = body.GetProperty("permissions").EnumerateObject().Select(p => $"{p.Name}:{p.Value}").Order(StringComparer.Ordinal);
        Assert.Equal(permissions, string.Join(' ', given));
    }

    [Fact]
    public async Task A_token_is_kept_until_five_minutes_before_it_expires()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var tokens = fixture.Get<InstallationTokens>();
        var first = await tokens.GetAsync(Scope(fixture), Cancellation);
        Assert.Equal(fixture.Clock.GetUtcNow().AddHours(1), first.ExpiresAt);

        fixture.Clock.Advance(TimeSpan.FromMinutes(54));
        Assert.Same(first, await tokens.GetAsync(Scope(fixture), Cancellation));
        fixture.Clock.Advance(TimeSpan.FromMinutes(2));
        var second = await tokens.GetAsync(Scope(fixture), Cancellation);

        Assert.NotEqual(first.Value.Reveal(), second.Value.Reveal());
        Assert.Equal(2, TokenRequests(fixture).Count);
    }

    [Fact]
    public async Task Whoever_asks_at_the_same_time_shares_one_request()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var tokens = fixture.Get<InstallationTokens>();

        var asking = Enumerable.Range(0, 20).Select(_ => Task.Run(() => tokens.GetAsync(Scope(fixture), Cancellation), Cancellation));
        var all = await Task.WhenAll(asking);

        Assert.Single(all.Select(t => t.Value.Reveal()).Distinct(StringComparer.Ordinal));
        Assert.Single(TokenRequests(fixture));
    }

    [Fact]
    public async Task A_failed_request_is_not_remembered()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var tokens = fixture.Get<InstallationTokens>();
        fixture.GitHub.Faults.Add(new Fault.Status(500), "POST", "/app/installations/*");

        await Assert.ThrowsAsync<GitHubUnavailableException>(() => tokens.GetAsync(Scope(fixture), Cancellation));
        await tokens.GetAsync(Scope(fixture), Cancellation);

        Assert.Equal(2, TokenRequests(fixture).Count);
    }

    [Fact]
    public async Task An_installation_that_does_not_reach_the_repository_is_a_refusal()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var tokens = fixture.Get<InstallationTokens>();

        var nowhere = Scope(fixture) with { Installation = 99 };
        var unknown = await Assert.ThrowsAsync<GitHubRefusedException>(() => tokens.GetAsync(nowhere, Cancellation));
        var elsewhere = Scope(fixture) with { Repository = Core.Names.RepositoryName.Parse("acme/other") };
        var unreachable = await Assert.ThrowsAsync<GitHubRefusedException>(() => tokens.GetAsync(elsewhere, Cancellation));

        Assert.True(unknown.IsNotFound);
        Assert.Equal(System.Net.HttpStatusCode.UnprocessableEntity, unreachable.Status);
    }

    [Fact]
    public async Task A_token_does_not_show_itself()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var token = await fixture.Get<InstallationTokens>().GetAsync(Scope(fixture), Cancellation);
        var access = await fixture.AccessAsync();

        Assert.DoesNotContain(token.Value.Reveal(), $"{token} {token.Value} {JsonSerializer.Serialize(token)}", StringComparison.Ordinal);
        Assert.NotNull(access.Token);
        Assert.DoesNotContain(access.Token, access.ToString(), StringComparison.Ordinal);
    }

    private static TokenScope Scope(GitHubFixture fixture, TokenAccess access = TokenAccess.Deploy) =>
        new(fixture.GitHub.InstallationId, GitHubFixture.Shop, access);

    private static List<GitHubRequest> TokenRequests(GitHubFixture fixture) =>
        [.. fixture.GitHub.Requests.Where(r => r.Path.EndsWith("/access_tokens", StringComparison.Ordinal))];
}
