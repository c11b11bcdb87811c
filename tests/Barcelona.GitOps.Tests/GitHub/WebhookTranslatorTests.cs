using System.Text;
using System.Text.Json.Nodes;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Triggers;
using Barcelona.GitOps.GitHub;
using Barcelona.GitOps.GitHub.Webhooks;
using Microsoft.Extensions.Options;

namespace Barcelona.GitOps.Tests.GitHub;

public sealed class WebhookTranslatorTests
{
    private const long Installation = 1;

    private static readonly CommitSha Head = CommitSha.Parse("6113728f27ae82c7b1a177c8d03f9e96e0adf246");

    private static readonly RepositoryName HelloWorld = RepositoryName.Parse("Codertocat/Hello-World");

    public static TheoryData<string> Payloads => [.. WebhookPayload.Names];

    public static TheoryData<string, string> Broken => new()
    {
        { "push", "" },
        { "push", "null" },
        { "push", "[1]" },
        { "push", "{" },
        { "push", "{}" },
        { "push", """{"ref":"refs/heads/main","repository":{"full_name":"a"},"installation":{"id":1}}""" },
        { "push", """{"ref":"refs/notes/x","repository":{"full_name":"a/b"},"installation":{"id":1}}""" },
        { "push", """{"ref":"refs/heads/main","after":"xyz","repository":{"full_name":"a/b"},"installation":{"id":1}}""" },
        { "push", """{"ref":"refs/heads/\ud800","after":"\ud800","repository":{"full_name":"a/b"},"installation":{"id":1}}""" },
        { "push", """{"ref":"refs/heads/main","repository":{"full_name":"a/b"},"installation":null}""" },
        { "delete", """{"ref":"x","ref_type":"repository","repository":{"full_name":"a/b"},"installation":{"id":1}}""" },
        { "pull_request", """{"action":"opened","number":99999999999,"repository":{"full_name":"a/b"},"installation":{"id":1}}""" },
        { "check_run", """{"action":"rerequested","repository":{"full_name":"a/b"},"installation":{"id":1}}""" },
        { "merge_group", """{"action":"checks_requested","repository":{"full_name":"a/b"},"installation":{"id":1}}""" },
        { "", "{}" },
    };

    [Fact]
    public void Pushes_to_branches_tags_and_deletions_are_told_apart()
    {
        Assert.Equal(
            new RepositoryEvent.BranchPushed(HelloWorld, Installation, GitRef.Branch("master"), Head, "Initial commit", "master"),
            Happened("push.branch"));
        Assert.Equal(new RepositoryEvent.RefDeleted(HelloWorld, Installation, GitRef.Tag("simple-tag")), Happened("push.tag-deleted"));
        Assert.Equal(
            new RepositoryEvent.TagPushed(HelloWorld, Installation, GitRef.Tag("v1"), new string('b', 40), "master"),
            Happened("push.branch", p => (p["ref"], p["after"]) = ("refs/tags/v1", new string('b', 40))));
        Assert.Equal(new RepositoryEvent.TagPushed(HelloWorld, Installation, GitRef.Tag("simple-tag"), "", "master"), Happened("create.tag"));
        Assert.Equal(new RepositoryEvent.RefDeleted(HelloWorld, Installation, GitRef.Tag("simple-tag")), Happened("delete.tag"));
        Assert.Equal(
            new RepositoryEvent.RefDeleted(HelloWorld, Installation, GitRef.Branch("old/x")),
            Happened("delete.tag", p => (p["ref"], p["ref_type"]) = ("old/x", "branch")));
        Assert.Contains("push event", Ignored("create.tag", p => p["ref_type"] = "branch"), StringComparison.Ordinal);
    }

    /// <summary>A status as GitHub sends it has a hundred fields more; what is read of it is this.</summary>
    [Theory]
    [InlineData("status", """{"sha":"HEAD","state":"success",""", true)]
    [InlineData("status", """{"sha":"HEAD","state":"failure",""", true)]
    [InlineData("status", """{"sha":"HEAD","state":"pending",""", false)]
    [InlineData("status", """{"state":"success",""", false)]
    [InlineData("workflow_run", """{"action":"completed","workflow_run":{"head_sha":"HEAD"},""", true)]
    [InlineData("workflow_run", """{"action":"requested","workflow_run":{"head_sha":"HEAD"},""", false)]
    [InlineData("check_suite", """{"action":"completed","check_suite":{"head_sha":"HEAD","app":{"id":7}},""", true)]
    [InlineData("check_suite", """{"action":"requested","check_suite":{"head_sha":"HEAD","app":{"id":7}},""", false)]
    public void What_may_have_built_an_image_is_a_report_on_its_commit(string name, string facts, bool isReport)
    {
        var body = Encoding.UTF8.GetBytes(
            facts.Replace("HEAD", Head.Value, StringComparison.Ordinal)
            + """ "repository":{"full_name":"Codertocat/Hello-World"},"installation":{"id":1}}""");

        var translation = Translator(4711).Translate(name, body);

        Assert.Equal(
            isReport ? new RepositoryEvent.CommitReported(HelloWorld, Installation, Head) : null,
            (translation as Translation.Event)?.What);
    }

    [Fact]
    public void A_character_that_no_database_stores_as_text_is_left_out()
    {
        var pushed = Happened("push.branch", p => Assert.IsType<JsonObject>(p["head_commit"])["message"] = "Change\0 it");

        Assert.Equal("Change it", Assert.IsType<RepositoryEvent.BranchPushed>(pushed).HeadMessage);
    }

    [Theory]
    [InlineData("opened", true)]
    [InlineData("synchronize", true)]
    [InlineData("reopened", true)]
    [InlineData("edited", false)]
    [InlineData("an action of next year", false)]
    public void A_pull_request_counts_when_its_head_is_new(string action, bool counts)
    {
        var head = WebhookPayload.Read("pull_request.synchronize")["pull_request"]?["head"]?["sha"]?.GetValue<string>() ?? "";
        var expected = new RepositoryEvent.PullRequestChanged(HelloWorld, Installation, 2, CommitSha.Parse(head), IsFork: false);

        if (counts)
            Assert.Equal(expected, Happened("pull_request.synchronize", p => p["action"] = action));
        else
            Assert.Contains("head did not change", Ignored("pull_request.synchronize", p => p["action"] = action), StringComparison.Ordinal);
    }

    [Fact]
    public void A_head_in_another_repository_or_in_none_any_more_is_a_forks()
    {
        foreach (var repository in (JsonNode?[])[null, new JsonObject { ["full_name"] = "mallory/Hello-World" }])
        {
            var changed = Happened("pull_request.synchronize", p => Assert.IsType<JsonObject>(p["pull_request"]?["head"])["repo"] = repository);
            Assert.True(Assert.IsType<RepositoryEvent.PullRequestChanged>(changed).IsFork);
        }
    }

    [Fact]
    public void A_check_and_its_suite_can_be_asked_for_again_and_those_of_other_Apps_cannot()
    {
        var run = WebhookPayload.Read("check_run.rerequested")["check_run"];
        var app = run?["app"]?["id"]?.GetValue<long>() ?? 0;
        var head = CommitSha.Parse(run?["head_sha"]?.GetValue<string>() ?? "");
        Assert.Equal(
            new RepositoryEvent.CheckRerequested(RepositoryName.Parse("github/hello-world"), Installation, head, "randscape", "42"),
            Happened("check_run.rerequested", p => Assert.IsType<JsonObject>(p["check_run"])["external_id"] = "42", app));
        Assert.Equal("check_run: of another App", Ignored("check_run.rerequested", _ => { }));
        Assert.Contains("not a request", Ignored("check_run.rerequested", p => p["action"] = "completed"), StringComparison.Ordinal);

        var suite = WebhookPayload.Read("check_suite.rerequested")["check_suite"];
        var owner = suite?["app"]?["id"]?.GetValue<long>() ?? 0;
        var again = Assert.IsType<RepositoryEvent.CheckRerequested>(Happened("check_suite.rerequested", _ => { }, owner));
        Assert.Equal((suite?["head_sha"]?.GetValue<string>(), null, null), (again.Commit.Value, again.CheckName, again.ExternalId));
    }

    [Fact]
    public void A_button_is_pressed_on_a_check_of_ours_only()
    {
        var app = WebhookPayload.Read("check_run.rerequested")["check_run"]?["app"]?["id"]?.GetValue<long>() ?? 0;
        static void Press(JsonNode payload)
        {
            payload["action"] = "requested_action";
            payload["requested_action"] = new JsonObject { ["identifier"] = "approve" };
            Assert.IsType<JsonObject>(payload["check_run"])["external_id"] = "42";
        }

        Assert.Equal(
            new RepositoryEvent.ActionRequested(RepositoryName.Parse("github/hello-world"), Installation, "42", "approve"),
            Happened("check_run.rerequested", Press, app));
        Assert.Equal("check_run: of another App", Ignored("check_run.rerequested", Press));
        Assert.Equal("check_run: a button of nothing that is known", Ignored("check_run.rerequested", p =>
        {
            Press(p);
            p["check_run"]?.AsObject().Remove("app");
        }));
    }

    [Fact]
    public void A_merge_group_asks_for_the_check_of_its_head_and_one_that_is_taken_apart_for_nothing()
    {
        Assert.Equal(
            new RepositoryEvent.MergeGroupRequested(
                RepositoryName.Parse("octo-org/octo-repo"), Installation, CommitSha.Parse("2ffea6db159f6b6c47a24e778fb9ef40cf6b1c7d")),
            Happened("merge_group.checks_requested"));
        Assert.Equal("merge_group: no checks are asked for", Ignored("merge_group.checks_requested", p => p["action"] = "destroyed"));
        Assert.Equal(
            "merge_group: no commit is named",
            Ignored("merge_group.checks_requested", p => Assert.IsType<JsonObject>(p["merge_group"])["head_sha"] = "x"));
    }

    [Fact]
    public void What_we_caused_ourselves_is_ignored()
    {
        var identity = new AppIdentity();
        identity.Know("barcelona");
        var body = WebhookPayload.Bytes("push.branch", p => Assert.IsType<JsonObject>(p["sender"])["login"] = "Barcelona[bot]");

        Assert.Equal(new Translation.Ignored("push: our own doing"), Translator(identity: identity).Translate("push", body));
        Assert.IsType<Translation.Event>(Translator(identity: identity).Translate("push", WebhookPayload.Bytes("push.branch", _ => { })));
    }

    [Theory]
    [InlineData("ping")]
    [InlineData("installation")]
    [InlineData("installation_repositories")]
    [InlineData("star")]
    [InlineData("something_new")]
    public void Other_events_are_ignored_without_a_look_at_their_bodies(string name) =>
        Assert.IsType<Translation.Ignored>(Translator().Translate(name, "no JSON"u8.ToArray()));

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_body_that_makes_no_sense_is_ignored(string name, string body) =>
        Assert.IsType<Translation.Ignored>(Translator().Translate(name, Encoding.UTF8.GetBytes(body)));

    [Theory]
    [MemberData(nameof(Payloads))]
    public void Both_readers_read_the_same(string payload)
    {
        var (name, body) = (payload.Split('.')[0], WebhookPayload.Bytes(payload, _ => { }));
        var typed = TypedDelivery.TryRead(name, body);

        Assert.NotNull(typed);
        Assert.Equal(typed, TolerantDelivery.TryRead(name, body));
    }

    [Fact]
    public void A_payload_that_the_library_cannot_read_is_translated_all_the_same()
    {
        var expected = Happened("push.branch");
        foreach (var field in (string[])["pusher", "before", "compare", "commits"])
        {
            var body = WebhookPayload.Bytes("push.branch", p => p.Remove(field));
            Assert.Null(TypedDelivery.TryRead("push", body));
            Assert.Equal(new Translation.Event(expected with { Actor = "Codertocat" }), Translator().Translate("push", body));
        }
    }

    [Theory]
    [InlineData("push.branch", "octocat")]
    [InlineData("create.tag", "octocat")]
    [InlineData("delete.tag", "octocat")]
    [InlineData("check_suite.rerequested", "octocat")]
    [InlineData("push.branch", "")]
    [InlineData("push.branch", null)]
    public void Whoever_sent_it_is_the_actor_and_who_is_not_named_is_nobody(string payload, string? login)
    {
        var body = WebhookPayload.Bytes(payload, p => p["sender"] = login is null ? null : new JsonObject { ["login"] = login });
        var app = WebhookPayload.Read(payload)["check_suite"]?["app"]?["id"]?.GetValue<long>() ?? 4711;

        var happened = Assert.IsType<Translation.Event>(Translator(app).Translate(payload.Split('.')[0], body)).What;

        Assert.Equal(login is "" ? null : login, happened.Actor);
    }

    // What is compared is what happened; who did it has a test of its own.
    private static RepositoryEvent Happened(string payload, Action<JsonObject>? change = null, long app = 4711)
    {
        var translation = Translator(app).Translate(payload.Split('.')[0], WebhookPayload.Bytes(payload, change ?? (_ => { })));
        return Assert.IsType<Translation.Event>(translation).What with { Actor = null };
    }

    private static string Ignored(string payload, Action<JsonObject> change) =>
        Assert.IsType<Translation.Ignored>(Translator().Translate(payload.Split('.')[0], WebhookPayload.Bytes(payload, change))).Reason;

    private static WebhookTranslator Translator(long app = 4711, AppIdentity? identity = null) =>
        new(identity ?? new AppIdentity(), Options.Create(new GitHubOptions { AppId = $"{app}" }));
}
