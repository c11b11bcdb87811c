using System.Net;
using Octokit.Webhooks.Events;
using Octokit.Webhooks.Events.PullRequest;

namespace Barcelona.GitOps.Sandbox.Tests.GitHub;

public sealed class PullRequestTests
{
    [Fact]
    public async Task A_pull_request_is_opened_moved_and_merged()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        await fixture.CommitAsync();
        var first = await fixture.CommitAsync("feature", "feature\n");
        var number = await fixture.Repository.OpenPullRequestAsync("feature");
        var second = await fixture.CommitAsync("feature", "more\n");
        await fixture.Repository.MergePullRequestAsync(number);

        var events = fixture.Receiver.Of("pull_request");
        Assert.Equal(["opened", "synchronize", "closed"], events.Select(e => e.Action));
        var head = events[0].As<PullRequestOpenedEvent>().PullRequest.Head;
        Assert.Equal((first, "acme/shop"), (head.Sha, head.Repo?.FullName));
        Assert.Equal((first, second), (events[1].As<PullRequestSynchronizeEvent>().Before, events[1].As<PullRequestSynchronizeEvent>().After));
        Assert.True(events[2].As<PullRequestClosedEvent>().PullRequest.Merged);
        var push = fixture.Receiver.Of("push")[^1].As<PushEvent>();
        Assert.Equal(("refs/heads/main", fixture.Repository.PullRequests[0].MergeCommitSha), (push.Ref, push.After));
    }

    [Fact]
    public async Task A_fork_is_another_repository_where_the_App_hears_nothing()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        await fixture.CommitAsync();
        var fork = fixture.Repository.Fork("stranger");
        var before = fixture.Receiver.All.Count;
        var sha = await fork.CommitAsync("evil", new Dictionary<string, string> { ["barcelona.yml"] = "evil\n" }, "Trust me");
        Assert.Equal(before, fixture.Receiver.All.Count);

        var number = await fixture.Repository.OpenPullRequestAsync("evil", fork: true);
        var opened = Assert.Single(fixture.Receiver.Of("pull_request")).As<PullRequestOpenedEvent>();
        Assert.Equal(("stranger/shop", true), (opened.PullRequest.Head.Repo?.FullName, opened.PullRequest.Head.Repo?.Fork));
        Assert.Equal("acme/shop", opened.PullRequest.Base.Repo.FullName);
        Assert.Equal("stranger", opened.Sender?.Login);
        Assert.Equal(sha, fixture.Repository.References[$"refs/pull/{number}/head"]);

        var moved = await fork.CommitAsync("evil", new Dictionary<string, string> { ["barcelona.yml"] = "worse\n" }, "More");
        Assert.Equal("synchronize", fixture.Receiver.Of("pull_request")[^1].Action);
        Assert.Equal(moved, fixture.Repository.PullRequests[0].HeadSha);
    }

    [Fact]
    public async Task Pull_requests_and_their_files_are_listed()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        await fixture.CommitAsync();
        var sha = await fixture.CommitAsync("feature", "feature\n");
        var number = await fixture.Repository.OpenPullRequestAsync("feature");
        var github = fixture.Client.Octokit(await fixture.Client.TokenAsync());

        Assert.Equal(number, Assert.Single(await github.PullRequest.GetAllForRepository("acme", "shop")).Number);
        var pull = await github.PullRequest.Get("acme", "shop", number);
        Assert.Equal((sha, 1), (pull.Head.Sha, pull.ChangedFiles));
        Assert.Equal("barcelona.yml", Assert.Single(await github.PullRequest.Files("acme", "shop", number)).FileName);
        Assert.Equal(number, Assert.Single(await github.Repository.Commit.PullRequests("acme", "shop", sha)).Number);
    }

    [Fact]
    public async Task Comments_are_heard_answered_edited_and_reacted_to()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        await fixture.CommitAsync();
        await fixture.CommitAsync("feature", "feature\n");
        var number = await fixture.Repository.OpenPullRequestAsync("feature");
        var asked = await fixture.Repository.CommentAsync(number, "alice", "/bcn plan");
        var github = fixture.Client.Octokit(await fixture.Client.TokenAsync());

        var heard = Assert.Single(fixture.Receiver.Of("issue_comment")).As<IssueCommentEvent>();
        Assert.Equal(("/bcn plan", "alice", number), (heard.Comment.Body, heard.Comment.User.Login, (int)heard.Issue.Number));
        await github.Reaction.IssueComment.Create("acme", "shop", asked, new Octokit.NewReaction(Octokit.ReactionType.Eyes));
        await github.Reaction.IssueComment.Create("acme", "shop", asked, new Octokit.NewReaction(Octokit.ReactionType.Eyes));
        var reply = await github.Issue.Comment.Create("acme", "shop", number, "Working on it");
        await github.Issue.Comment.Update("acme", "shop", reply.Id, "Done");
        await fixture.GitHub.WhenQuietAsync();

        Assert.Equal("eyes", Assert.Single(fixture.Repository.Comments[0].Reactions).Content);
        // Octokit adds sort and direction to this list, which GitHub does not describe.
        var listed = await fixture.Client.GetAsync($"repos/acme/shop/issues/{number}/comments", await fixture.Client.TokenAsync());
        Assert.Equal(["/bcn plan", "Done"], listed.EnumerateArray().Select(c => c.GetProperty("body").GetString()));
        var senders = fixture.Receiver.Of("issue_comment").Select(r => r.As<IssueCommentEvent>().Sender?.Login);
        Assert.Equal(["alice", "barcelona[bot]", "barcelona[bot]"], senders);
    }

    [Fact]
    public async Task The_App_cannot_change_what_somebody_else_wrote_nor_write_a_book()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        await fixture.CommitAsync();
        await fixture.CommitAsync("feature", "feature\n");
        var number = await fixture.Repository.OpenPullRequestAsync("feature");
        var theirs = await fixture.Repository.CommentAsync(number, "alice", "mine");
        var token = await fixture.Client.TokenAsync();

        using var edit = await fixture.Client.SendAsync(HttpMethod.Patch, $"repos/acme/shop/issues/comments/{theirs}", token, new { body = "yours" });
        using var book = await fixture.Client.PostAsync($"repos/acme/shop/issues/{number}/comments", token, new { body = new string('x', 65537) });
        Assert.Equal(HttpStatusCode.Forbidden, edit.StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, book.StatusCode);
    }
}
