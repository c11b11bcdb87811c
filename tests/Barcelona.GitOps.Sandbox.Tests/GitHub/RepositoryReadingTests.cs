using System.Net;
using Barcelona.GitOps.Sandbox.Git;

namespace Barcelona.GitOps.Sandbox.Tests.GitHub;

public sealed class RepositoryReadingTests
{
    [Fact]
    public async Task A_file_is_read_raw_at_exactly_a_commit()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var first = await fixture.CommitAsync(content: "one\n");
        await fixture.CommitAsync(content: "two\n");
        var token = await fixture.Client.TokenAsync();

        Assert.Equal("one\n", await RawAsync(fixture, token, first));
        Assert.Equal("two\n", await RawAsync(fixture, token, "main"));
        var file = Assert.Single(await fixture.Client.Octokit(token).Repository.Content.GetAllContentsByRef("acme", "shop", "barcelona.yml", first));
        Assert.Equal("one\n", file.Content);
    }

    [Fact]
    public async Task A_file_or_commit_that_is_not_there_is_not_found()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        await fixture.CommitAsync();
        var token = await fixture.Client.TokenAsync();
        string[] missing = ["contents/unknown.yml", $"contents/barcelona.yml?ref={new string('a', 40)}", "git/ref/heads/unknown", "branches/unknown"];
        foreach (var path in missing)
        {
            using var response = await fixture.Client.SendAsync(HttpMethod.Get, $"repos/acme/shop/{path}", token);
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        }
    }

    [Fact]
    public async Task An_unchanged_answer_is_304_and_costs_nothing()
    {
        await using var fixture = await GitHubFixture.StartAsync(o => o with { RequestsPerHour = 100 });
        await fixture.CommitAsync();
        var token = await fixture.Client.TokenAsync();
        const string path = "repos/acme/shop/git/ref/heads/main";
        using var first = await fixture.Client.SendAsync(HttpMethod.Get, path, token);
        var etag = first.Headers.ETag?.ToString();
        using var second = await fixture.Client.SendAsync(HttpMethod.Get, path, token, etag: etag);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.Equal("99", second.Headers.GetValues("X-RateLimit-Remaining").Single());

        await fixture.CommitAsync(content: "more\n");
        using var third = await fixture.Client.SendAsync(HttpMethod.Get, path, token, etag: etag);
        Assert.Equal(HttpStatusCode.OK, third.StatusCode);
    }

    [Fact]
    public async Task Refs_match_by_prefix_and_annotated_tags_lead_through_their_object()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var sha = await fixture.CommitAsync();
        var date = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
        await fixture.Repository.TagAsync("v1.0.0", sha);
        await fixture.Repository.TagAsync("v1.1.0", sha, annotated: true, date);
        var token = await fixture.Client.TokenAsync();

        var refs = await fixture.Client.GetAsync("repos/acme/shop/git/matching-refs/tags/v1", token);
        Assert.Equal(["commit", "tag"], refs.EnumerateArray().Select(r => r.GetProperty("object").GetProperty("type").GetString()));
        var tag = await fixture.Client.Octokit(token).Git.Tag.Get("acme", "shop", refs[1].GetProperty("object").GetProperty("sha").GetString());
        Assert.Equal((sha, date), (tag.Object.Sha, tag.Tagger.Date));
        using var peeled = await fixture.Client.SendAsync(HttpMethod.Get, "repos/acme/shop/commits/v1.1.0", token,
            accept: "application/vnd.github.sha");
        Assert.Equal(sha, await peeled.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_comparison_tells_which_side_is_ahead_and_what_changed()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var first = await fixture.CommitAsync();
        var second = await fixture.CommitAsync(content: "two\n");
        await fixture.Repository.ForcePushAsync("side", first);
        var side = await fixture.CommitAsync("side", "side\n");
        var token = await fixture.Client.TokenAsync();
        var github = fixture.Client.Octokit(token);

        Assert.Equal("ahead", (await github.Repository.Commit.Compare("acme", "shop", first, second)).Status);
        Assert.Equal("behind", (await github.Repository.Commit.Compare("acme", "shop", second, first)).Status);
        var diverged = await github.Repository.Commit.Compare("acme", "shop", "main", "side");
        Assert.Equal(("diverged", 1, 1, first), (diverged.Status, diverged.AheadBy, diverged.BehindBy, diverged.MergeBaseCommit.Sha));
        Assert.Equal(side, Assert.Single(diverged.Commits).Sha);
        Assert.Equal("barcelona.yml", Assert.Single(diverged.Files).Filename);
    }

    [Fact]
    public async Task A_symbolic_link_is_committed_as_one()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        await fixture.Repository.CommitAsync("main", [new GitFile("barcelona.yml", "/etc/passwd", GitFileKind.SymbolicLink)], "A link");
        Assert.StartsWith("120000", await GitCli.RunAsync(fixture.Repository.Directory, "ls-tree", "main"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Permission_is_read_live_and_a_stranger_has_none_in_private()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        fixture.GitHub.People.AddUser("mallory");
        var token = await fixture.Client.TokenAsync();
        async Task<string?> PermissionAsync(string login) =>
            (await fixture.Client.GetAsync($"repos/acme/shop/collaborators/{login}/permission", token)).GetProperty("permission").GetString();

        Assert.Equal("write", await PermissionAsync("alice"));
        Assert.Equal("none", await PermissionAsync("mallory"));
        fixture.Repository.AddUser("mallory", "read");
        Assert.Equal("read", await PermissionAsync("mallory"));
        using var nobody = await fixture.Client.SendAsync(HttpMethod.Get, "repos/acme/shop/collaborators/nobody/permission", token);
        Assert.Equal(HttpStatusCode.NotFound, nobody.StatusCode);
    }

    [Fact]
    public async Task Team_membership_is_told_or_not_found()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        fixture.GitHub.People.AddToTeam("acme/ops", "alice");
        var token = await fixture.Client.TokenAsync();
        var member = await fixture.Client.GetAsync("orgs/acme/teams/ops/memberships/alice", token);
        Assert.Equal("active", member.GetProperty("state").GetString());
        using var stranger = await fixture.Client.SendAsync(HttpMethod.Get, "orgs/acme/teams/ops/memberships/bob", token);
        Assert.Equal(HttpStatusCode.NotFound, stranger.StatusCode);
    }

    [Fact]
    public async Task Statuses_of_other_tools_combine()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var sha = await fixture.CommitAsync();
        await fixture.Repository.SetStatusAsync(sha, "ci/build", "pending");
        var token = await fixture.Client.TokenAsync();
        async Task<string?> StateAsync() =>
            (await fixture.Client.GetAsync($"repos/acme/shop/commits/{sha}/status", token)).GetProperty("state").GetString();
        Assert.Equal("pending", await StateAsync());
        await fixture.Repository.SetStatusAsync(sha, "ci/build", "success");
        Assert.Equal("success", await StateAsync());
        Assert.Equal(2, (await fixture.Client.GetAsync($"repos/acme/shop/commits/{sha}/statuses", token)).GetArrayLength());
    }

    private static async Task<string> RawAsync(GitHubFixture fixture, string token, string reference)
    {
        using var response = await fixture.Client.SendAsync(HttpMethod.Get, $"repos/acme/shop/contents/barcelona.yml?ref={reference}", token,
            accept: "application/vnd.github.raw+json");
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
