using Octokit.Webhooks.Events;

namespace Barcelona.GitOps.Sandbox.Tests.GitHub;

public sealed class GitWireTests : IDisposable
{
    private readonly string _work = Directory.CreateTempSubdirectory("sandbox-git-").FullName;

    [Fact]
    public async Task A_real_push_sends_the_webhooks_of_a_push()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        await fixture.CommitAsync();
        var clone = await CloneAsync(fixture, fixture.GitHub.People.AddUser("alice").Token);
        await File.WriteAllTextAsync(Path.Combine(clone, "barcelona.yml"), "pushed\n", TestContext.Current.CancellationToken);
        await GitCli.RunAsync(clone, "commit", "-qam", "By hand");
        await GitCli.RunAsync(clone, "tag", "-a", "v1", "-m", "one");
        await GitCli.RunAsync(clone, "push", "-q", "origin", "main", "v1");

        var sha = await GitCli.RunAsync(clone, "rev-parse", "HEAD");
        var pushes = fixture.Receiver.Of("push").Select(r => r.As<PushEvent>()).Where(p => p.HeadCommit?.Id == sha).ToList();
        Assert.Equal(["refs/heads/main", "refs/tags/v1"], pushes.Select(p => p.Ref).Order());
        Assert.All(pushes, p => Assert.Equal("alice", p.Pusher.Name));
        Assert.Equal(sha, fixture.Repository.References["refs/heads/main"]);
    }

    [Fact]
    public async Task One_commit_is_fetched_by_its_hash_without_other_files()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var wanted = await fixture.CommitAsync(content: "one\n");
        await fixture.CommitAsync(content: "two\n");
        var token = await fixture.Client.TokenAsync(permissions: new { contents = "read" });
        await GitCli.RunAsync(_work, "init", "-q", "--bare", "one.git");
        var bare = Path.Combine(_work, "one.git");
        await GitCli.RunAsync(bare, "remote", "add", "origin", fixture.Repository.CloneUrl.AbsoluteUri);
        await GitCli.RunAsync(bare, "-c", $"http.extraHeader={Basic(token)}",
            "fetch", "-q", "--no-tags", "--depth", "1", "--filter=blob:none", "origin", wanted);

        Assert.Equal("1", await GitCli.RunAsync(bare, "rev-list", "--count", wanted));
        Assert.Contains("?", await GitCli.RunAsync(bare, "rev-list", "--objects", "--missing=print", wanted), StringComparison.Ordinal);
        Assert.Equal("one", await GitCli.RunAsync(bare, "-c", $"http.extraHeader={Basic(token)}", "show", $"{wanted}:barcelona.yml"));
    }

    [Fact]
    public async Task Without_the_right_token_nothing_private_is_read_and_nothing_is_pushed()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        await fixture.CommitAsync();
        fixture.GitHub.CreateRepository("acme", "other", isPrivate: true);
        var reader = fixture.Repository.AddUser("rita", "read").Token;
        var bot = await fixture.Client.TokenAsync();

        Assert.NotEqual(0, await LsRemoteAsync(fixture, null));
        Assert.NotEqual(0, await LsRemoteAsync(fixture, "ghs_made_up"));
        Assert.NotEqual(0, await LsRemoteAsync(fixture, await fixture.Client.TokenAsync("other")));
        Assert.NotEqual(0, await LsRemoteAsync(fixture, await fixture.Client.TokenAsync(permissions: new { checks = "read" })));
        Assert.Equal(0, await LsRemoteAsync(fixture, reader));
        Assert.Equal(0, await LsRemoteAsync(fixture, bot));

        var clone = await CloneAsync(fixture, reader);
        await GitCli.RunAsync(clone, "commit", "-q", "--allow-empty", "-m", "No");
        foreach (var token in (string[])[reader, bot])
            Assert.NotEqual(0, (await GitCli.TryAsync(clone, "-c", $"http.extraHeader={Basic(token)}", "push", "-q", "origin", "main")).Exit);
        Assert.Single(fixture.Receiver.Of("push"));
    }

    [Fact]
    public async Task At_a_developers_desk_anybody_may_push_when_the_option_says_so()
    {
        await using var fixture = await GitHubFixture.StartAsync(o => o with { AnonymousPusher = "you" });
        await fixture.CommitAsync();
        await GitCli.RunAsync(_work, "clone", "-q", fixture.Repository.CloneUrl.AbsoluteUri, "clone");
        var clone = Path.Combine(_work, "clone");
        await GitCli.RunAsync(clone, "commit", "-q", "--allow-empty", "-m", "Yes");
        await GitCli.RunAsync(clone, "push", "-q", "origin", "main");
        Assert.Equal("you", fixture.Receiver.Of("push")[^1].As<PushEvent>().Pusher.Name);
    }

    [Fact]
    public async Task A_push_beyond_the_branch_protection_of_pull_refs_is_refused()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        await fixture.CommitAsync();
        var token = fixture.GitHub.People.AddUser("alice").Token;
        var clone = await CloneAsync(fixture, token);
        Assert.NotEqual(0, (await GitCli.TryAsync(clone, "push", "-q", "origin", "HEAD:refs/pull/9/head")).Exit);
        Assert.DoesNotContain("refs/pull/9/head", fixture.Repository.References.Keys);
    }

    public void Dispose() => Directory.Delete(_work, recursive: true);

    private async Task<string> CloneAsync(GitHubFixture fixture, string token)
    {
        await GitCli.RunAsync(_work, "clone", "-q", "-c", $"http.extraHeader={Basic(token)}", fixture.Repository.CloneUrl.AbsoluteUri, "clone");
        return Path.Combine(_work, "clone");
    }

    private async Task<int> LsRemoteAsync(GitHubFixture fixture, string? token)
    {
        string[] credential = token is null ? [] : ["-c", $"http.extraHeader={Basic(token)}"];
        return (await GitCli.TryAsync(_work, [.. credential, "ls-remote", fixture.Repository.CloneUrl.AbsoluteUri])).Exit;
    }

    private static string Basic(string token) =>
        $"Authorization: Basic {Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"x-access-token:{token}"))}";
}
