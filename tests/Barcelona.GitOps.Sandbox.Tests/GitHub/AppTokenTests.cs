using System.Net;
using System.Security.Cryptography;

namespace Barcelona.GitOps.Sandbox.Tests.GitHub;

public sealed class AppTokenTests
{
    [Fact]
    public async Task A_well_signed_token_is_the_App()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var app = await fixture.Client.Octokit(fixture.Client.Jwt()).GitHubApps.GetCurrent();
        Assert.Equal((4711, "barcelona"), (app.Id, app.Slug));
    }

    [Fact]
    public async Task A_token_signed_by_another_key_too_long_lived_expired_or_of_another_App_is_refused()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        using var stranger = RSA.Create(2048);
        string[] refused =
        [
            fixture.Client.Jwt(key: stranger),
            fixture.Client.Jwt(life: TimeSpan.FromMinutes(11)),
            fixture.Client.Jwt(age: TimeSpan.FromMinutes(10)),
            fixture.Client.Jwt(age: TimeSpan.FromMinutes(-3)),
            fixture.Client.Jwt(issuer: "4712"),
            "a.b.c",
        ];
        foreach (var token in refused)
        {
            using var response = await fixture.Client.SendAsync(HttpMethod.Get, "app", token);
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        }
    }

    [Fact]
    public async Task A_narrowed_token_reaches_only_its_repository()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        fixture.GitHub.CreateRepository("acme", "secret", isPrivate: true);
        fixture.GitHub.CreateRepository("acme", "open");
        var token = await fixture.Client.TokenAsync("shop");

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(fixture, "repos/acme/shop", token));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(fixture, "repos/acme/secret", token));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(fixture, "repos/acme/open", token));
        var listed = await fixture.Client.GetAsync("installation/repositories", token);
        Assert.Equal(1, listed.GetProperty("total_count").GetInt32());
    }

    [Fact]
    public async Task A_narrowed_token_may_only_do_what_it_was_given()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var sha = await fixture.CommitAsync();
        var token = await fixture.Client.TokenAsync(permissions: new { contents = "read", checks = "read" });

        using var write = await fixture.Client.SendAsync(HttpMethod.Post, "repos/acme/shop/check-runs", token, new { name = "x", head_sha = sha });
        Assert.Equal(HttpStatusCode.Forbidden, write.StatusCode);
        Assert.Equal("Resource not accessible by integration", (await AppClient.JsonAsync(write)).GetProperty("message").GetString());
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(fixture, $"repos/acme/shop/commits/{sha}/check-runs", token));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(fixture, "repos/acme/shop/deployments", token));
        Assert.Empty(fixture.Repository.CheckRuns);
    }

    [Fact]
    public async Task A_token_is_never_wider_than_the_installation()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var path = $"app/installations/{fixture.GitHub.InstallationId}/access_tokens";
        using var permission = await fixture.Client.AsAppAsync(HttpMethod.Post, path, new { permissions = new { contents = "write" } });
        using var repository = await fixture.Client.AsAppAsync(HttpMethod.Post, path, new { repositories = new[] { "unknown" } });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, permission.StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, repository.StatusCode);
    }

    [Fact]
    public async Task A_token_ends_after_an_hour()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var token = await fixture.Client.TokenAsync();
        fixture.Clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(fixture, "repos/acme/shop", token));
        fixture.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(fixture, "repos/acme/shop", token));
    }

    [Fact]
    public async Task A_suspended_installation_gets_no_token()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var path = $"app/installations/{fixture.GitHub.InstallationId}/access_tokens";
        await fixture.GitHub.SuspendAsync("acme");
        using var refused = await fixture.Client.AsAppAsync(HttpMethod.Post, path);
        await fixture.GitHub.UnsuspendAsync("acme");
        using var given = await fixture.Client.AsAppAsync(HttpMethod.Post, path);
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Created), (refused.StatusCode, given.StatusCode));
        Assert.Equal(["suspend", "unsuspend"], fixture.Receiver.Of("installation").Select(r => r.Action));
    }

    [Fact]
    public async Task The_rate_limit_told_is_the_callers_own()
    {
        await using var fixture = await GitHubFixture.StartAsync(o => o with { RequestsPerHour = 100 });
        var token = await fixture.Client.TokenAsync();
        await fixture.Client.GetAsync("repos/acme/shop", token);
        var limits = await fixture.Client.GetAsync("rate_limit", token);
        Assert.Equal(1, limits.GetProperty("rate").GetProperty("used").GetInt32());
    }

    [Fact]
    public async Task Installations_are_found_by_repository_and_by_account()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        fixture.GitHub.CreateRepository("other", "tool");
        var app = fixture.Client.Octokit(fixture.Client.Jwt());

        var shop = await app.GitHubApps.GetRepositoryInstallationForCurrent("acme", "shop");
        var tool = await app.GitHubApps.GetOrganizationInstallationForCurrent("other");
        Assert.Equal(fixture.GitHub.InstallationId, shop.Id);
        Assert.NotEqual(shop.Id, tool.Id);
        Assert.Equal(2, (await app.GitHubApps.GetAllInstallationsForCurrent()).Count);
    }

    private static async Task<HttpStatusCode> StatusAsync(GitHubFixture fixture, string path, string token)
    {
        using var response = await fixture.Client.SendAsync(HttpMethod.Get, path, token);
        return response.StatusCode;
    }
}
