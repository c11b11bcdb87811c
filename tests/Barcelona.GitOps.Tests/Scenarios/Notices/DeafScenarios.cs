using Barcelona.GitOps.Sandbox.Aws.Faults;
using Barcelona.GitOps.Sandbox.Slack;
using Barcelona.GitOps.Storage.Notifications;

namespace Barcelona.GitOps.Tests.Scenarios.Notices;

/// <summary>Channels that do not listen: no deploy waits, fails or is told otherwise, and the end of it is heard later.</summary>
public sealed class DeafScenarios : NoticeScenario
{
    public static TheoryData<string> Ways => ["503", "404 no_service", "403 action_prohibited", "silent", "no secret", "no address", "redirect"];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task The_deploy_goes_on_and_its_end_is_heard_once_somebody_listens(string way)
    {
        await ListenAsync();
        Break(way);
        var begun = Stage.Clock.GetUtcNow();
        var sha = await PushAsync(Manifests.Shop);
        await Stage.RunUntilAsync(() => Shop.CheckRuns.Count > 0 && Check(sha).Status == "completed");

        // As long as without any channel, and what one of them knows already is not said to it again.
        Assert.InRange((Stage.Clock.GetUtcNow() - begun).TotalSeconds, 1, await UndisturbedAsync() + 20);
        Assert.Equal("success", Check(sha).Conclusion);
        await Stage.RunUntilQuietAsync();
        Assert.Empty(Said);
        Assert.Equal(["started", "succeeded"], PublishedEvents);
        Assert.NotEmpty((await Get<NoticeLog>().ChannelsAsync("default", Stop)).Select(c => c.Trouble));

        Mend();
        Stage.Clock.Advance(TimeSpan.FromMinutes(15));
        await Stage.RunUntilQuietAsync();

        // That it began is no news any more.
        Assert.Equal([Deployed(sha)[1]], Said);
        Assert.Equal(["started", "succeeded"], PublishedEvents);
        Assert.Equal([null, null], (await Get<NoticeLog>().ChannelsAsync("default", Stop)).Select(c => c.Trouble));
        Assert.Empty(Life?.Errors ?? []);
    }

    [Fact]
    public async Task The_time_that_Slack_asks_for_is_kept()
    {
        Stage.Sandbox.Slack.Rule = new SlackRule.Refuses(429, "rate_limited") { RetryAfter = TimeSpan.FromSeconds(200) };
        var sha = await PushAsync(Manifests.Shop);
        await Stage.RunUntilAsync(() => Stage.Sandbox.Slack.Asked.Count > 0);

        var asked = Stage.Clock.GetUtcNow();
        Mend();
        await Stage.RunForAsync(TimeSpan.FromSeconds(190));
        Assert.Single(Stage.Sandbox.Slack.Asked);
        Assert.Equal("success", Check(sha).Conclusion);

        await Stage.RunForAsync(TimeSpan.FromSeconds(30));
        Assert.Equal([Deployed(sha)[1]], Said);
        Assert.InRange((Stage.Clock.GetUtcNow() - asked).TotalSeconds, 190, 240);
    }

    [Fact]
    public async Task After_hours_it_is_given_up_and_said_in_the_log()
    {
        await ListenAsync();
        Stage.Sandbox.Slack.Rule = new SlackRule.Refuses(404, "no_service");
        await PushAndSettleAsync(Manifests.Shop);
        for (var hour = 0; hour < 7; hour++)
        {
            Stage.Clock.Advance(TimeSpan.FromHours(1));
            await Stage.RunUntilQuietAsync();
        }

        var asked = Stage.Sandbox.Slack.Asked.Count;
        Mend();
        Stage.Clock.Advance(TimeSpan.FromHours(1));
        await Stage.SweepAsync();

        Assert.Equal(asked, Stage.Sandbox.Slack.Asked.Count);
        Assert.Single(Life?.Lines ?? [], l => l.Contains("is not told to slack:notifications/slack_url any more", StringComparison.Ordinal));
        Assert.Single(Life?.Lines ?? [], l => l.Contains("is not heard by slack:notifications/slack_url", StringComparison.Ordinal)
            && l.Contains("404 no_service", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_topic_that_may_not_be_published_to_holds_up_neither_the_deploy_nor_Slack()
    {
        Stage.Aws.Faults.Error(
            new FaultMatch("sns", "Publish") { Times = 3 },
            "AuthorizationError",
            "User: x is not authorized to perform: SNS:Publish on resource: y");

        var sha = await PushAndSettleAsync(Manifests.Shop);

        Assert.Equal("success", Check(sha).Conclusion);
        Assert.Equal(Deployed(sha), Said);
        Assert.Equal(["succeeded"], PublishedEvents);
    }

    [Fact]
    public async Task A_message_that_Slack_cannot_take_holds_up_no_other()
    {
        Stage.Sandbox.Slack.Rule = new SlackRule.Refuses(400, "invalid_payload");
        await PushAndSettleAsync(Manifests.Shop);
        Mend();
        var sha = await PushAndSettleAsync(Manifests.Shop + "# more\n");

        Assert.Equal(Deployed(sha, 2), Said);
    }

    private void Break(string way)
    {
        var slack = Stage.Sandbox.Slack;
        if (way is "no secret" or "no address")
        {
            Stage.Aws.Faults.Error(
                new FaultMatch("secretsmanager", "GetSecretValue") { Times = 99 },
                way == "no secret" ? "ResourceNotFoundException" : "InvalidRequestException",
                "Secrets Manager can't find the specified secret.");
        }

        slack.Rule = way switch
        {
            "silent" => new SlackRule.Silent(),
            "redirect" => new SlackRule.Refuses(302, "") { Location = slack.Webhook("elsewhere") },
            _ when way.Split(' ') is [var status, .. var word] && int.TryParse(status, out var code) =>
                new SlackRule.Refuses(code, string.Concat(word)),
            _ => null,
        };
    }

    private void Mend()
    {
        Stage.Sandbox.Slack.Rule = null;
        Stage.Aws.Faults.Clear();
    }

    /// <summary>Seconds that the same deploy takes with nobody to be told.</summary>
    private static async Task<double> UndisturbedAsync()
    {
        await using var stage = await Stage.SetAsync();
        var shop = stage.GitHub.CreateRepository("acme", "shop");
        var begun = stage.Clock.GetUtcNow();
        await shop.CommitAsync("main", new Dictionary<string, string> { ["barcelona.yml"] = Manifests.Shop }, "Change barcelona.yml");
        await stage.RunUntilAsync(() => shop.CheckRuns is [{ Status: "completed" }]);
        return (stage.Clock.GetUtcNow() - begun).TotalSeconds;
    }
}
