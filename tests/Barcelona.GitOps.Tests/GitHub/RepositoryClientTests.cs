using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.GitHub;

namespace Barcelona.GitOps.Tests.GitHub;

public sealed class RepositoryClientTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("main")]
    [InlineData("feature/50%-off#2")]
    [InlineData("日本語")]
    public async Task The_head_of_a_branch_is_read_live(string branch)
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var first = await fixture.CommitAsync(branch);
        var github = await fixture.ClientAsync();
        Assert.Equal(first, await github.HeadAsync(GitRef.Branch(branch), Cancellation));

        var second = await fixture.CommitAsync(branch, "other");
        Assert.Equal(second, await github.HeadAsync(GitRef.Branch(branch), Cancellation));
    }

    [Fact]
    public async Task Annotated_tags_are_peeled_and_what_is_gone_has_no_head()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var commit = await fixture.CommitAsync();
        await fixture.Repository.TagAsync("v1", commit.Value);
        await fixture.Repository.TagAsync("v2", commit.Value, annotated: true);
        var github = await fixture.ClientAsync();

        Assert.Equal(commit, await github.HeadAsync(GitRef.Tag("v1"), Cancellation));
        Assert.Equal(commit, await github.HeadAsync(GitRef.Tag("v2"), Cancellation));
        await fixture.Repository.DeleteRefAsync("refs/tags/v2");
        Assert.Null(await github.HeadAsync(GitRef.Tag("v2"), Cancellation));
        Assert.Null(await github.HeadAsync(GitRef.Branch("v"), Cancellation));
    }

    [Fact]
    public async Task All_heads_and_tags_are_listed_for_the_sweep()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var commit = await fixture.CommitAsync();
        var other = await fixture.CommitAsync("next");
        await fixture.Repository.TagAsync("v1", commit.Value);
        await fixture.Repository.TagAsync("v2", other.Value, annotated: true);

        var tips = await (await fixture.ClientAsync()).HeadsAndTagsAsync(Cancellation);

        Assert.Equal(
            ["refs/heads/main", "refs/heads/next", "refs/tags/v1", "refs/tags/v2"],
            tips.Select(t => t.Ref.Value).Order(StringComparer.Ordinal));
        Assert.Equal(commit.Value, tips.Single(t => t.Ref == GitRef.Branch("main")).Target);
        var annotated = tips.Single(t => t.IsAnnotatedTag);
        Assert.Equal(GitRef.Tag("v2"), annotated.Ref);
        Assert.NotEqual(other.Value, annotated.Target);
    }

    [Fact]
    public async Task A_repository_and_its_commits_describe_themselves()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var commit = await fixture.CommitAsync(message: "Subject [skip deploy]\n\nBody");
        var github = await fixture.ClientAsync();

        Assert.Equal(new RepositoryFacts(GitHubFixture.Shop, "main", IsPrivate: true, IsArchived: false), await github.DescribeAsync(Cancellation));
        Assert.Equal("Subject [skip deploy]\n\nBody", (await github.CommitMessageAsync(commit, Cancellation))?.TrimEnd());
        Assert.Null(await github.CommitMessageAsync(CommitSha.Parse(new string('a', 40)), Cancellation));
    }

    [Fact]
    public async Task The_App_knows_itself_its_installations_and_their_repositories()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        fixture.GitHub.CreateRepository("acme", "api");
        var other = fixture.GitHub.CreateRepository("other", "site");
        var app = fixture.Get<AppClient>();

        Assert.Equal("barcelona", await app.DescribeAsync(Cancellation));
        Assert.Equal("barcelona[bot]", fixture.Get<AppIdentity>().Login);
        Assert.Equal("barcelona", await fixture.Get<GitHubHealth>().PingAsync(Cancellation));
        var installation = await app.InstallationOfAsync(GitHubFixture.Shop, Cancellation);
        Assert.Equal(fixture.GitHub.InstallationId, installation);
        var second = await app.InstallationOfAsync(RepositoryName.Parse(other.FullName), Cancellation);
        Assert.Null(await app.InstallationOfAsync(RepositoryName.Parse("acme/nothing"), Cancellation));
        Assert.Equal([installation, second], (await app.InstallationsAsync(Cancellation)).Order().Select(i => (long?)i));
        var repositories = await fixture.Get<GitHubClients>().RepositoriesOfAsync(fixture.GitHub.InstallationId, Cancellation);
        Assert.Equal(["acme/api", "acme/shop"], repositories.Select(r => r.ToString()).Order(StringComparer.Ordinal));
    }
}
