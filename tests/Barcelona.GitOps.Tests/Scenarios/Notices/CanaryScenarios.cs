using System.Text;
using Barcelona.GitOps.Sandbox.Slack;
using Barcelona.GitOps.Storage.History;

namespace Barcelona.GitOps.Tests.Scenarios.Notices;

/// <summary>The address of a webhook is a secret: it is in no log, check, page or table, whatever goes wrong.</summary>
public sealed class CanaryScenarios : NoticeScenario
{
    [Fact]
    public async Task The_address_is_seen_nowhere_but_in_the_request()
    {
        await ListenAsync();
        SlackRule?[] ways =
        [
            null, new SlackRule.Refuses(404, "no_service"), new SlackRule.Silent(), new SlackRule.Refuses(500, $"<html>{Token}"),
            new SlackRule.Refuses(302, Token) { Location = Stage.Sandbox.Slack.Webhook(Token) },
        ];
        foreach (var (number, way) in ways.Index())
        {
            Stage.Sandbox.Slack.Rule = way;
            await PushAndSettleAsync($"{Manifests.Shop}# {number}\n");
            Stage.Clock.Advance(TimeSpan.FromMinutes(15));
            await Stage.RunUntilQuietAsync();
        }

        Assert.NotEmpty(Stage.Sandbox.Slack.Asked);
        Assert.All(Stage.Sandbox.Slack.Asked, path => Assert.Contains(Token, path, StringComparison.Ordinal));
        Assert.NotEmpty(Life?.Lines ?? []);
        Assert.DoesNotContain(Life?.Lines ?? [], l => l.Contains(Token, StringComparison.Ordinal));
        Assert.DoesNotContain(Stage.GitHub.Requests, r => $"{r}{r.Body}".Contains(Token, StringComparison.Ordinal));
        Assert.DoesNotContain(Stage.Aws.Calls, c => c.Request.ToJsonString().Contains(Token, StringComparison.Ordinal));
        Assert.DoesNotContain(Stage.Sandbox.Slack.Heard, m => m.Text.Contains(Token, StringComparison.Ordinal));
        foreach (var file in Directory.EnumerateFiles(Stage.Folder, "barcelona.db*"))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            Assert.DoesNotContain(Token, await reader.ReadToEndAsync(Stop), StringComparison.Ordinal);
        }

        using var http = new HttpClient(new SocketsHttpHandler());
        foreach (var run in await Get<Runs>().RecentAsync(20, Stop))
        {
            var page = await http.GetStringAsync(new Uri(Stage.GitHub.WebhookUrl ?? throw new InvalidOperationException(), $"/runs/{run.Id}"), Stop);
            Assert.DoesNotContain(Token, page, StringComparison.Ordinal);
        }
    }
}
