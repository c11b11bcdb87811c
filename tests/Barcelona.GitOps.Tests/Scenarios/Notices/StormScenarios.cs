using System.Globalization;
using Barcelona.GitOps.Sandbox.Slack;

namespace Barcelona.GitOps.Tests.Scenarios.Notices;

/// <summary>Many runs at once are one message for people; programs get each.</summary>
public sealed class StormScenarios : NoticeScenario
{
    private const int Many = 20;

    [Fact]
    public async Task Of_many_failures_at_once_people_read_few_messages_with_the_worst_first()
    {
        OnlyHealthy();
        var environments = Enumerable.Range(0, Many).Select(i => string.Create(
            CultureInfo.InvariantCulture,
            $"  e{i}: {{name: shop-{i}, district: default, deploy: {{on: [{{branch: main}}]}}, image_name: acme/shop, services: *services}}\n"));
        await PushAndSettleAsync(
            $"x-services: &services [{{name: worker, memory: 256, command: bin/worker}}]\nenvironments:\n{string.Concat(environments)}");
        await Stage.RunUntilQuietAsync();

        Assert.Equal(Many, PublishedEvents.Count(e => e == "failed"));
        Assert.InRange(Stage.Sandbox.Slack.Heard.Count, 1, 20);
        var together = Stage.Sandbox.Slack.Heard.Where(m => m.Text.Contains("messages at once", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(together);
        Assert.Contains(together, m => m.Color == "danger" && m.Text.Split('\n')[1].Contains(" failed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_happened_while_Slack_was_away_comes_as_one_message()
    {
        Stage.Sandbox.Slack.Rule = new SlackRule.Refuses(503, "");
        for (var i = 0; i < 8; i++)
        {
            await PushAndSettleAsync(string.Create(CultureInfo.InvariantCulture, $"{Manifests.Shop}# {i}\n"));
        }

        Stage.Sandbox.Slack.Rule = null;
        Stage.Clock.Advance(TimeSpan.FromMinutes(15));
        await Stage.RunUntilQuietAsync();

        var message = Assert.Single(Stage.Sandbox.Slack.Heard);
        Assert.StartsWith("[default] 8 messages at once: 8 succeeded.\n", message.Text, StringComparison.Ordinal);
    }
}
