using System.Net;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Git;
using Barcelona.GitOps.Git.Mirroring;
using Barcelona.GitOps.Tests.GitHub;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Barcelona.GitOps.Tests.Git;

/// <summary>Remotes that fail, caches that are damaged, and where tokens do not go.</summary>
public sealed class GitTroubleTests
{
    private const string Token = "ghs_VeryMuchASecret";

    private static readonly GitRef Main = GitRef.Branch("main");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_token_that_opens_nothing_is_a_refusal()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var commit = await fixture.CommitAsync();
        var access = await fixture.AccessAsync();

        var nothing = new Uri(access.CloneUrl, "nothing.git");
        foreach (var bad in (GitAccess[])[access with { Token = Token }, access with { Token = null }, access with { CloneUrl = nothing }])
        {
            var error = await FailureAsync(fixture.Git.ResolveAsync(bad, Main, Cancellation));
            Assert.Equal((GitFailure.Refused, false), (error.Failure, error.IsTransient));
            Assert.Equal(GitFailure.Refused, (await FailureAsync(fixture.Git.FetchAsync(bad, commit, Cancellation))).Failure);
        }
    }

    [Fact]
    public async Task A_remote_that_is_down_is_again_later()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var first = await fixture.CommitAsync();
        var access = await fixture.AccessAsync();
        fixture.GitHub.Faults.Down = true;
        var error = await FailureAsync(fixture.Git.FetchAsync(access, first, Cancellation));
        Assert.Equal((GitFailure.Network, true), (error.Failure, error.IsTransient));

        var nobody = new GitAccess(new Uri("http://127.0.0.1:1/acme/shop.git"), Token);
        Assert.Equal(GitFailure.Network, (await FailureAsync(fixture.Git.HeadsAndTagsAsync(nobody, Cancellation))).Failure);

        fixture.GitHub.Faults.Down = false;
        Assert.Equal(first, (await fixture.Git.ResolveAsync(access, Main, Cancellation))?.Commit);
    }

    [Fact]
    public async Task A_commit_that_the_remote_does_not_have_is_missing()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        await fixture.CommitAsync();

        var nowhere = CommitSha.Parse(new string('a', 40));

        var error = await FailureAsync(fixture.Git.ReadFileAsync(await fixture.AccessAsync(), nowhere, "barcelona.yml", Cancellation));

        Assert.Equal(GitFailure.CommitMissing, error.Failure);
    }

    [Fact]
    public async Task A_token_is_written_nowhere()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var commit = await fixture.CommitAsync();
        var access = await fixture.AccessAsync();
        await fixture.Git.ResolveAsync(access, Main, Cancellation);
        await fixture.Git.FetchAsync(access, commit, Cancellation);

        var token = Assert.IsType<string>(access.Token);
        var encoded = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"x-access-token:{token}"));
        var files = Directory.EnumerateFiles(fixture.CacheDirectory, "*", SearchOption.AllDirectories)
            .Where(f => !f.EndsWith("lock", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(files);
        Assert.All(files, file =>
        {
            var content = File.ReadAllText(file);
            Assert.DoesNotContain(token, content, StringComparison.Ordinal);
            Assert.DoesNotContain(encoded, content, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task A_token_does_not_follow_a_redirect_to_another_host()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var seen = new System.Collections.Concurrent.ConcurrentQueue<string>();
        await using var thief = await ServerAsync(context =>
        {
            seen.Enqueue(context.Request.Headers.Authorization.ToString());
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"x\"";
            return Task.CompletedTask;
        });
        await using var remote = await ServerAsync(context =>
        {
            context.Response.Redirect($"{thief.Urls.First()}{context.Request.Path}{context.Request.QueryString}");
            return Task.CompletedTask;
        });
        var access = new GitAccess(new Uri($"{remote.Urls.First()}/acme/shop.git"), Token);

        foreach (var attempt in (Func<Task>[])[
            () => fixture.Git.HeadsAndTagsAsync(access, Cancellation),
            () => fixture.Git.FetchAsync(access, CommitSha.Parse(new string('a', 40)), Cancellation)])
        {
            var error = await FailureAsync(attempt());
            Assert.DoesNotContain(Token, error.ToString(), StringComparison.Ordinal);
        }

        Assert.All(seen, header => Assert.Equal("", header));
    }

    [Theory]
    [InlineData("http://github.example/acme/shop.git")]
    [InlineData("https://user:password@github.com/acme/shop.git")]
    [InlineData("ssh://git@github.com/acme/shop.git")]
    [InlineData("file:///etc")]
    public async Task An_address_that_would_give_the_token_away_is_refused(string url)
    {
        await using var fixture = await GitHubFixture.StartAsync();

        var error = await Assert.ThrowsAsync<ArgumentException>(() => fixture.Git.HeadsAndTagsAsync(new(new Uri(url), Token), Cancellation));

        Assert.DoesNotContain("password", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_remote_that_does_not_answer_is_given_up_and_does_not_block_the_next()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        using var end = new CancellationTokenSource();
        var hanging = true;
        var asked = new SemaphoreSlim(0);
        await using var remote = await ServerAsync(async context =>
        {
            asked.Release();
            if (hanging)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            context.Response.StatusCode = StatusCodes.Status404NotFound;
        });
        var access = new GitAccess(new Uri($"{remote.Urls.First()}/acme/shop.git"), Token);

        var listing = fixture.Git.HeadsAndTagsAsync(access, Cancellation);
        await asked.WaitAsync(Cancellation);
        fixture.Clock.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal(GitFailure.TimedOut, (await FailureAsync(listing)).Failure);

        hanging = false;
        Assert.Equal(GitFailure.Refused, (await FailureAsync(fixture.Git.HeadsAndTagsAsync(access, Cancellation))).Failure);
        await end.CancelAsync();
    }

    [Fact]
    public async Task A_caller_who_gives_up_is_let_go()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        using var end = new CancellationTokenSource();
        var asked = new SemaphoreSlim(0);
        await using var remote = await ServerAsync(async context =>
        {
            asked.Release();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });
        using var cancellation = new CancellationTokenSource();

        var listing = fixture.Git.HeadsAndTagsAsync(new(new Uri($"{remote.Urls.First()}/acme/shop.git"), Token), cancellation.Token);
        await asked.WaitAsync(Cancellation);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => listing);
        await end.CancelAsync();
    }

    [Theory]
    [InlineData("objects")]
    [InlineData("refs")]
    [InlineData("HEAD")]
    [InlineData("packs")]
    public async Task A_damaged_mirror_is_fetched_again(string part)
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var commit = await fixture.CommitAsync(content: "environments: {}");
        var access = await fixture.AccessAsync();
        await fixture.Git.ResolveAsync(access, Main, Cancellation);
        Damage(Assert.Single(Directory.EnumerateDirectories(Path.Combine(fixture.CacheDirectory, "1"))), part);

        var next = await fixture.CommitAsync(content: "environments: {a: {name: b}}");
        Assert.Equal(next, (await fixture.Git.ResolveAsync(access, Main, Cancellation))?.Commit);
        Assert.IsType<FileAtCommit.Found>(await fixture.Git.ReadFileAsync(access, commit, "barcelona.yml", Cancellation));
    }

    [Fact]
    public async Task Two_processes_do_not_share_a_cache()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var options = Microsoft.Extensions.Options.Options.Create(new GitOptions { CacheDirectory = fixture.CacheDirectory });
        using var first = new CacheDirectory(options);
        using var second = new CacheDirectory(options);
        Assert.NotEqual(first.Folder, second.Folder);

        var freed = first.Folder;
        first.Dispose();
        using var third = new CacheDirectory(options);
        Assert.Equal(freed, third.Folder);
    }

    private static async Task<GitUnavailableException> FailureAsync(Task work) => await Assert.ThrowsAsync<GitUnavailableException>(() => work);

    private static void Damage(string mirror, string part)
    {
        switch (part)
        {
            case "HEAD":
                File.WriteAllText(Path.Combine(mirror, "HEAD"), "nonsense");
                break;
            case "packs":
                foreach (var pack in Directory.EnumerateFiles(Path.Combine(mirror, "objects", "pack"), "*.pack"))
                {
                    File.SetAttributes(pack, FileAttributes.Normal);
                    File.WriteAllText(pack, "PACK and then nothing of the kind");
                }

                break;
            default:
                Directory.Delete(Path.Combine(mirror, part), recursive: true);
                break;
        }
    }

    private static async Task<WebApplication> ServerAsync(RequestDelegate handle)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        var server = builder.Build();
        server.Run(handle);
        await server.StartAsync(Cancellation);
        return server;
    }
}
