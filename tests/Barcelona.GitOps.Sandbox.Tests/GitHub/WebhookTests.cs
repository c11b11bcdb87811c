using System.Net;
using System.Text.Json;
using Octokit.Webhooks.Events;

namespace Barcelona.GitOps.Sandbox.Tests.GitHub;

public sealed class WebhookTests
{
    [Fact]
    public async Task A_push_is_signed_and_carries_its_headers()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        await fixture.CommitAsync();

        var push = Assert.Single(fixture.Receiver.Of("push"));
        Assert.True(push.SignatureHolds("the-webhook-secret"));
        Assert.False(push.SignatureHolds("another"));
        Assert.True(Guid.TryParseExact(push.Delivery, "D", out _));
        Assert.StartsWith("GitHub-Hookshot/", push.Headers["User-Agent"], StringComparison.Ordinal);
        Assert.Equal(("application/json", "4711", "integration"), (push.Headers["Content-Type"],
            push.Headers["X-GitHub-Hook-Installation-Target-ID"], push.Headers["X-GitHub-Hook-Installation-Target-Type"]));
        Assert.True(push.Headers.ContainsKey("X-GitHub-Hook-ID"));
    }

    [Fact]
    public async Task A_push_tells_its_commits_and_their_files()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var first = await fixture.CommitAsync();
        var second = await fixture.CommitAsync(content: "two\n", message: "Second\n\nwith a body");

        var pushes = fixture.Receiver.Of("push").Select(r => r.As<PushEvent>()).ToList();
        Assert.Equal((new string('0', 40), true), (pushes[0].Before, pushes[0].Created));
        var push = pushes[1];
        Assert.Equal(("refs/heads/main", first, second, false), (push.Ref, push.Before, push.After, push.Forced));
        var commit = Assert.Single(push.Commits);
        Assert.Equal((second, "Second\n\nwith a body"), (commit.Id, commit.Message));
        Assert.Equal(["barcelona.yml"], commit.Modified);
        Assert.Equal(second, push.HeadCommit?.Id);
        Assert.Equal(("acme/shop", "main", "alice"), (push.Repository?.FullName, push.Repository?.DefaultBranch, push.Sender?.Login));
        Assert.Equal(fixture.GitHub.InstallationId, push.Installation?.Id);
    }

    [Fact]
    public async Task A_new_branch_is_a_push_and_a_create()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var sha = await fixture.CommitAsync();
        await fixture.Repository.ForcePushAsync("side", sha);

        var push = fixture.Receiver.Of("push")[^1].As<PushEvent>();
        Assert.Equal(("refs/heads/side", true, "refs/heads/main"), (push.Ref, push.Created, push.BaseRef));
        Assert.Empty(push.Commits);
        Assert.Equal("side", fixture.Receiver.Of("create").Select(r => r.As<CreateEvent>().Ref).Last());
    }

    [Fact]
    public async Task A_deleted_branch_ends_in_zeros()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var sha = await fixture.CommitAsync();
        await fixture.Repository.ForcePushAsync("side", sha);
        await fixture.Repository.DeleteRefAsync("refs/heads/side");

        var push = fixture.Receiver.Of("push")[^1].As<PushEvent>();
        Assert.Equal(("refs/heads/side", sha, new string('0', 40), true), (push.Ref, push.Before, push.After, push.Deleted));
        Assert.Null(push.HeadCommit);
        Assert.Equal("side", Assert.Single(fixture.Receiver.Of("delete")).As<DeleteEvent>().Ref);
    }

    [Fact]
    public async Task A_forced_push_says_so()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var first = await fixture.CommitAsync();
        await fixture.CommitAsync(content: "two\n");
        await fixture.Repository.ForcePushAsync("main", first);
        Assert.True(fixture.Receiver.Of("push")[^1].As<PushEvent>().Forced);
    }

    [Fact]
    public async Task An_annotated_tag_names_its_object_and_a_lightweight_one_its_commit()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var sha = await fixture.CommitAsync();
        await fixture.Repository.TagAsync("v1", sha);
        await fixture.Repository.TagAsync("v2", sha, annotated: true);

        var tags = fixture.Receiver.Of("push").Select(r => r.As<PushEvent>()).Where(p => p.Ref is "refs/tags/v1" or "refs/tags/v2").ToList();
        Assert.Equal(sha, tags[0].After);
        Assert.NotEqual(sha, tags[1].After);
        Assert.Equal(sha, tags[1].HeadCommit?.Id);
    }

    [Fact]
    public async Task Three_tags_in_one_push_are_told_and_four_are_not()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var sha = await fixture.CommitAsync();
        var before = fixture.Receiver.All.Count;
        await fixture.Repository.TagAsync([("a1", sha), ("a2", sha), ("a3", sha), ("a4", sha)]);
        Assert.Equal(before, fixture.Receiver.All.Count);
        await fixture.Repository.TagAsync([("b1", sha), ("b2", sha), ("b3", sha)]);
        Assert.Equal(before + 6, fixture.Receiver.All.Count);
    }

    [Fact]
    public async Task Installation_and_ping_have_their_types()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        await fixture.GitHub.PingAsync();
        await fixture.GitHub.SendInstalledAsync("acme");

        Assert.Equal(fixture.Receiver.Url.AbsoluteUri, Assert.Single(fixture.Receiver.Of("ping")).As<PingEvent>().Hook.Config.Url);
        var installation = JsonSerializer.Deserialize<InstallationEvent>(Assert.Single(fixture.Receiver.Of("installation")).Body);
        Assert.Equal(("acme", fixture.GitHub.InstallationId), (installation?.Installation?.Account.Login, installation?.Installation?.Id));
    }

    [Fact]
    public async Task While_the_service_is_down_deliveries_fail_and_are_not_repeated()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        fixture.GitHub.Deliver = false;
        await fixture.CommitAsync();
        fixture.GitHub.Deliver = true;
        fixture.Receiver.AnswerWith = 503;
        await fixture.CommitAsync(content: "two\n");

        Assert.All(fixture.GitHub.Deliveries, d => Assert.False(d.Succeeded));
        Assert.Equal([502, 503], fixture.GitHub.Deliveries.Where(d => d.Event == "push").Select(d => d.StatusCode));
    }

    [Fact]
    public async Task A_failed_delivery_is_found_in_the_list_and_redelivered_under_its_guid()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        await fixture.CommitAsync();
        fixture.GitHub.Deliver = false;
        await fixture.CommitAsync(content: "two\n");
        fixture.GitHub.Deliver = true;

        using var list = await fixture.Client.AsAppAsync(HttpMethod.Get, "app/hook/deliveries?status=failure");
        var failed = (await AppClient.JsonAsync(list)).EnumerateArray().Single(d => d.GetProperty("event").GetString() == "push");
        var id = failed.GetProperty("id").GetInt64();
        using var detail = await fixture.Client.AsAppAsync(HttpMethod.Get, $"app/hook/deliveries/{id}");
        var payload = (await AppClient.JsonAsync(detail)).GetProperty("request").GetProperty("payload");
        Assert.Equal("refs/heads/main", payload.GetProperty("ref").GetString());

        using var attempt = await fixture.Client.AsAppAsync(HttpMethod.Post, $"app/hook/deliveries/{id}/attempts");
        await fixture.GitHub.WhenQuietAsync();
        Assert.Equal(HttpStatusCode.Accepted, attempt.StatusCode);
        Assert.Equal(failed.GetProperty("guid").GetString(), fixture.Receiver.Of("push")[^1].Delivery);
        Assert.True(fixture.GitHub.Deliveries[^1] is { Redelivery: true, Succeeded: true });
    }

    [Fact]
    public async Task Deliveries_are_paged_by_cursor_newest_first_and_forgotten_after_three_days()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        for (var i = 0; i < 5; i++)
            await fixture.CommitAsync(content: $"{i}\n");
        var seen = new List<long>();
        var path = "app/hook/deliveries?per_page=4";
        while (path is not null)
        {
            using var page = await fixture.Client.AsAppAsync(HttpMethod.Get, path);
            seen.AddRange((await AppClient.JsonAsync(page)).EnumerateArray().Select(d => d.GetProperty("id").GetInt64()));
            path = page.Headers.TryGetValues("Link", out var link) ? link.Single().Split('<', '>')[1] : null;
        }
        Assert.Equal(fixture.GitHub.Deliveries.Select(d => d.Id).OrderDescending(), seen);

        fixture.Clock.Advance(TimeSpan.FromDays(3));
        using var later = await fixture.Client.AsAppAsync(HttpMethod.Get, "app/hook/deliveries");
        Assert.Equal(0, (await AppClient.JsonAsync(later)).GetArrayLength());
    }
}
