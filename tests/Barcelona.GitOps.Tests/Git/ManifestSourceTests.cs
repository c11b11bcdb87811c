using System.Text;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Git;
using Barcelona.GitOps.Tests.GitHub;

namespace Barcelona.GitOps.Tests.Git;

public sealed class ManifestSourceTests
{
    private static readonly GitRef Main = GitRef.Branch("main");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_branch_resolves_to_its_live_head_also_after_a_force_push()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var first = await fixture.CommitAsync();
        var access = await fixture.AccessAsync();
        var resolved = await fixture.Git.ResolveAsync(access, Main, Cancellation);
        Assert.Equal((first, Main), (resolved?.Commit, resolved?.Ref));

        var second = await fixture.CommitAsync(content: "environments: {a: {name: b}}\n");
        Assert.Equal(second, (await fixture.Git.ResolveAsync(access, Main, Cancellation))?.Commit);
        await fixture.Repository.ForcePushAsync("main", first.Value);
        Assert.Equal(first, (await fixture.Git.ResolveAsync(access, Main, Cancellation))?.Commit);

        Assert.Null(await fixture.Git.ResolveAsync(access, GitRef.Branch("gone"), Cancellation));
        await fixture.CommitAsync("short-lived");
        await fixture.Repository.DeleteRefAsync("refs/heads/short-lived");
        Assert.Null(await fixture.Git.ResolveAsync(access, GitRef.Branch("short-lived"), Cancellation));
    }

    [Fact]
    public async Task A_tag_has_the_date_of_its_tagger_or_else_of_its_commit()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var commit = await fixture.CommitAsync();
        var tagged = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(9));
        await fixture.Repository.TagAsync("v1", commit.Value);
        await fixture.Repository.TagAsync("v2", commit.Value, annotated: true, tagged);
        var access = await fixture.AccessAsync();

        var branch = await fixture.Git.ResolveAsync(access, Main, Cancellation);
        var light = await fixture.Git.ResolveAsync(access, GitRef.Tag("v1"), Cancellation);
        var annotated = await fixture.Git.ResolveAsync(access, GitRef.Tag("v2"), Cancellation);

        Assert.Equal((commit, branch?.Date), (light?.Commit, light?.Date));
        Assert.Equal((commit, tagged), (annotated?.Commit, annotated?.Date));
    }

    [Fact]
    public async Task A_branch_may_become_the_folder_of_others_and_names_may_differ_in_case()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var access = await fixture.AccessAsync();
        await fixture.CommitAsync("main");
        await fixture.CommitAsync("a", "one");
        await fixture.Git.ResolveAsync(access, GitRef.Branch("a"), Cancellation);
        await fixture.Repository.DeleteRefAsync("refs/heads/a");
        var below = await fixture.CommitAsync("a/b", "two");
        var upper = await fixture.CommitAsync("A/B", "three");

        Assert.Equal(below, (await fixture.Git.ResolveAsync(access, GitRef.Branch("a/b"), Cancellation))?.Commit);
        Assert.Equal(upper, (await fixture.Git.ResolveAsync(access, GitRef.Branch("A/B"), Cancellation))?.Commit);
    }

    [Fact]
    public async Task A_file_is_read_at_exactly_the_commit_that_is_asked_for_also_when_the_cache_is_empty()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var first = await fixture.CommitAsync(content: "first");
        var second = await fixture.CommitAsync(content: "second");
        var access = await fixture.AccessAsync();

        // The older one first: it is no ref's head, and is asked for by its hash.
        Assert.Equal("first", await ReadAsync(fixture, access, first));
        Assert.Equal("second", await ReadAsync(fixture, access, second));
    }

    [Fact]
    public async Task What_is_at_hand_is_read_without_the_remote()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var commit = await fixture.CommitAsync(content: "first");
        var access = await fixture.AccessAsync();
        await fixture.Git.FetchAsync(access, commit, Cancellation);

        fixture.GitHub.Faults.Down = true;

        Assert.Equal("first", await ReadAsync(fixture, access, commit));
    }

    [Fact]
    public async Task Histories_are_compared()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var root = await fixture.CommitAsync(message: "Subject\n\nBody [skip deploy]");
        var left = await fixture.CommitAsync("left", "left");
        var right = await fixture.CommitAsync("right", "right");
        var access = await fixture.AccessAsync();
        var git = fixture.Git;

        Assert.Equal(root, await git.MergeBaseAsync(access, left, right, Cancellation));
        Assert.True(await git.IsAncestorAsync(access, root, right, Cancellation));
        Assert.True(await git.IsAncestorAsync(access, root, root, Cancellation));
        Assert.False(await git.IsAncestorAsync(access, left, right, Cancellation));
        Assert.False(await git.IsAncestorAsync(access, right, root, Cancellation));
        Assert.Equal("Subject\n\nBody [skip deploy]", (await git.CommitMessageAsync(access, root, Cancellation)).TrimEnd());
    }

    [Fact]
    public async Task Heads_and_tags_are_listed_with_tags_peeled()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var commit = await fixture.CommitAsync();
        await fixture.Repository.TagAsync("v1", commit.Value, annotated: true);
        var next = await fixture.CommitAsync("next", "next");
        await fixture.Repository.OpenPullRequestAsync("next");

        var refs = await fixture.Git.HeadsAndTagsAsync(await fixture.AccessAsync(), Cancellation);

        Assert.Equal([new(Main, commit), new(GitRef.Branch("next"), next), new(GitRef.Tag("v1"), commit)], refs);
    }

    [Fact]
    public async Task Many_readers_of_one_repository_do_not_disturb_each_other()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var commits = new List<CommitSha>();
        foreach (var content in (string[])["0", "1", "2"])
        {
            commits.Add(await fixture.CommitAsync(content: content));
        }

        var access = await fixture.AccessAsync();

        var read = await Task.WhenAll(Enumerable.Range(0, 12).Select(n => ReadAsync(fixture, access, commits[n % 3])));

        Assert.Equal(Enumerable.Range(0, 12).Select(n => $"{n % 3}"), read);
    }

    private static async Task<string> ReadAsync(GitHubFixture fixture, GitAccess access, CommitSha commit)
    {
        var file = await fixture.Git.ReadFileAsync(access, commit, "barcelona.yml", Cancellation);
        return Encoding.UTF8.GetString(Assert.IsType<FileAtCommit.Found>(file).Content.Span);
    }
}
