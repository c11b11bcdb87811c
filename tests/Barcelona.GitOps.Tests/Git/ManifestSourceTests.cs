using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Git;
using Barcelona.GitOps.Tests.GitHub;

namespace Barcelona.GitOps.Tests.Git;

public sealed class ManifestSourceTests
{
    private static readonly GitRef Main = GitRef.Branch("main");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_branch_resolves_to_its_live_head()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var first = await fixture.CommitAsync();
        var access = await fixture.AccessAsync();
        Assert.Equal(first, (await fixture.Git.ResolveAsync(access, Main, Cancellation))?.Commit);

        var second = await fixture.CommitAsync(content: "environments: {a: {name: b}}\n");
        Assert.Equal(second, (await fixture.Git.ResolveAsync(access, Main, Cancellation))?.Commit);

        await fixture.Repository.ForcePushAsync("main", first.Value);
        Assert.Equal(first, (await fixture.Git.ResolveAsync(access, Main, Cancellation))?.Commit);
        Assert.Null(await fixture.Git.ResolveAsync(access, GitRef.Branch("gone"), Cancellation));
    }

    [Fact]
    public async Task A_file_is_read_at_exactly_the_commit_that_is_asked_for()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var first = await fixture.CommitAsync(content: "first");
        var second = await fixture.CommitAsync(content: "second");
        var access = await fixture.AccessAsync();

        Assert.Equal("second", await ReadAsync(fixture, access, second));
        Assert.Equal("first", await ReadAsync(fixture, access, first));
    }

    private static async Task<string> ReadAsync(GitHubFixture fixture, GitAccess access, CommitSha commit)
    {
        var file = await fixture.Git.ReadFileAsync(access, commit, "barcelona.yml", Cancellation);
        return System.Text.Encoding.UTF8.GetString(Assert.IsType<FileAtCommit.Found>(file).Content.Span);
    }
}
