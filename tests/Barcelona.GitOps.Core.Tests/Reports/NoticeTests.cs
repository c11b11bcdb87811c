using System.Text.Json.Nodes;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Reports.Notifications;

namespace Barcelona.GitOps.Core.Tests.Reports;

/// <summary>What people and programs are told. Words of files and branches are other people's.</summary>
public sealed class NoticeTests
{
    private const string Sha = "0123456789abcdef0123456789abcdef01234567";

    private static readonly Notice Deploy = new()
    {
        Event = NoticeEvent.Started,
        Subject = NoticeSubject.Deploy,
        District = "default",
        Heritage = "shop",
        Environment = "production",
        Repository = RepositoryName.Parse("acme/shop"),
        Ref = GitRef.Branch("main"),
        Commit = CommitSha.Parse(Sha),
        Actor = "octocat",
        Link = new("https://barcelona.example.com/runs/1"),
    };

    public static TheoryData<string, string, Notice> Lines => new()
    {
        { "[default/shop] production: deploying 0123456, by octocat.", "good", Deploy },
        {
            "[default/shop] production: deployed 0123456 as release 12, by octocat.", "good",
            Deploy with { Event = NoticeEvent.Succeeded, Release = 12 }
        },
        {
            "[default/shop] production: deployed v1.4.0 (0123456).", "good",
            Deploy with { Event = NoticeEvent.Succeeded, Ref = GitRef.Tag("v1.4.0"), Actor = null }
        },
        {
            "[default/shop] production: deploy of 0123456 failed, by octocat: web stopped with exit code 3. AWS went back to what ran before.",
            "danger",
            Deploy with { Event = NoticeEvent.Failed, Cause = "web stopped with exit code 3.", WentBack = true }
        },
        {
            "[default/shop] production: deploy of 0123456 failed, by octocat: ECS gave up on web, and went back to what ran before.", "danger",
            Deploy with { Event = NoticeEvent.Failed, Cause = "ECS gave up on web, and went back to what ran before.", WentBack = true }
        },
        {
            "[default/shop] production: deploy of 0123456 was superseded by fffffff, by octocat.", "warning",
            Deploy with { Event = NoticeEvent.Superseded, SupersededBy = CommitSha.Parse(new string('f', 40)), Cause = "Newer." }
        },
        {
            "[default/shop] production: deploy of 0123456 was cancelled: by maintainer. Nothing runs.", "warning",
            Deploy with { Event = NoticeEvent.Cancelled, Cause = "by maintainer. Nothing runs." }
        },
        {
            "[default/shop] production: rolled back to release 3 (0123456), by octocat.", "good",
            Deploy with { Event = NoticeEvent.Succeeded, Subject = NoticeSubject.Rollback, OfRelease = 3 }
        },
        {
            "[default/shop] production: restart of web, worker failed, by octocat.", "danger",
            Deploy with { Event = NoticeEvent.Failed, Subject = NoticeSubject.Restart, Services = "web,worker" }
        },
        {
            "[default] is as 0123456 says, by octocat.", "good",
            Deploy with { Event = NoticeEvent.Succeeded, Subject = NoticeSubject.District, Heritage = "" }
        },
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public void A_line_says_what_happened(string line, string level, Notice notice)
    {
        Assert.Equal(line, NoticeText.Line(notice));
        Assert.Equal(level, NoticeText.LevelOf(notice));
    }

    [Fact]
    public void Nobody_is_mentioned_or_led_astray_by_what_a_file_says()
    {
        var notice = Deploy with
        {
            Event = NoticeEvent.Failed,
            Environment = "<!channel>\n\u202eproduction",
            Cause = "Unknown key '<https://evil.example|Details> & <@U1>'; token=abcdefgh12345.",
        };
        var attachment = AttachmentOf(SlackMessage.Of(notice));
        var text = (string?)attachment["text"] ?? "";

        Assert.DoesNotContain("<!", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<@", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<!", (string?)attachment["fallback"], StringComparison.Ordinal);
        Assert.DoesNotContain('\n', text);
        Assert.DoesNotContain('\u202e', text);
        Assert.DoesNotContain("abcdefgh12345", text, StringComparison.Ordinal);
        Assert.Contains("&lt;https://evil.example|Details&gt; &amp; &lt;@U1&gt;", text, StringComparison.Ordinal);
        Assert.Equal(1, text.Count(c => c == '<'));
        Assert.EndsWith(" <https://barcelona.example.com/runs/1|Details>", text, StringComparison.Ordinal);
    }

    [Fact]
    public void However_long_it_is_it_stays_short()
    {
        var text = SlackMessage.Of(Deploy with
        {
            Event = NoticeEvent.Rejected,
            Environment = new string('e', 5_000),
            Ref = GitRef.Tag(new string('v', 200)),
            Cause = string.Concat(Enumerable.Repeat("👩‍👩‍👧‍👦&", 5_000)),
        });

        Assert.InRange((((string?)AttachmentOf(text)["text"]) ?? "").Length, 1, 3_000);
    }

    [Fact]
    public void Many_are_one_message_with_the_worst_first()
    {
        Notice[] many =
        [
            .. Enumerable.Range(0, 15).Select(i => Deploy with { Heritage = $"shop-{i}", Event = NoticeEvent.Succeeded }),
            Deploy with { Heritage = "bad", Event = NoticeEvent.Failed, Cause = "It broke." },
        ];
        var attachment = AttachmentOf(SlackMessage.Of(many));
        var lines = ((string?)attachment["text"] ?? "").Split('\n');

        Assert.Equal("[default] 16 messages at once: 1 failed, 15 succeeded.", lines[0]);
        Assert.StartsWith("[default/bad] ", lines[1], StringComparison.Ordinal);
        Assert.Equal("and 1 more", lines[^1]);
        Assert.Equal(("danger", lines[0]), ((string?)attachment["color"], (string?)attachment["fallback"]));
    }

    [Fact]
    public void A_topic_gets_json_a_subject_that_mail_can_carry_and_attributes()
    {
        var message = TopicMessage.Of(Deploy with
        {
            Heritage = new string('s', 120),
            District = "défaut",
            Event = NoticeEvent.Failed,
            Cause = "password: hunter2hunter2",
        });
        var body = JsonNode.Parse(message.Body);

        Assert.InRange(message.Subject.Length, 1, 100);
        Assert.All(message.Subject, c => Assert.InRange(c, ' ', '~'));
        Assert.Equal(("danger", "failed"), ((string?)body?["level"], (string?)body?["data"]?["event"]));
        Assert.EndsWith(" https://barcelona.example.com/runs/1", (string?)body?["text"], StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", message.Body, StringComparison.Ordinal);
        Assert.Equal(("danger", "failed"), (message.Attributes["level"], message.Attributes["event"]));
    }

    [Theory]
    [InlineData(" https://hooks.slack.com/services/T/B/x\n", true)]
    [InlineData("hooks.slack.com/services/T/B/x", false)]
    [InlineData("ftp://hooks.slack.com/x", false)]
    [InlineData("https://user:pass@hooks.slack.com/x", false)]
    [InlineData("", false)]
    public void An_address_is_told_from_what_is_none_and_never_shown(string text, bool isOne)
    {
        var address = WebhookAddress.Parse(text);

        Assert.Equal(isOne, address is not null);
        Assert.DoesNotContain("slack", $"{address}", StringComparison.Ordinal);
    }

    private static JsonNode AttachmentOf(string json) =>
        JsonNode.Parse(json)?["attachments"]?[0] ?? throw new InvalidOperationException("No attachment.");
}
