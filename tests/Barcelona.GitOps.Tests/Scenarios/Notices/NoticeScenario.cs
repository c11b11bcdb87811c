using System.Text.Json.Nodes;
using Barcelona.GitOps.Tests.Scenarios.Acts;
using Barcelona.GitOps.Tests.Scenarios.Crashes;

namespace Barcelona.GitOps.Tests.Scenarios.Notices;

/// <summary>A stage whose district tells Slack and its topic.</summary>
public abstract class NoticeScenario : ActScenario
{
    protected const string Secret = "barcelona/default/notifications/slack_url";

    /// <summary>Of the webhook's address: nobody but Slack may ever see it.</summary>
    protected const string Token = "C4naryC4naryC4naryC4nary";

    /// <summary>What the first deploy of <see cref="Manifests.Shop"/> says.</summary>
    protected static string[] Deployed(string sha, int release = 1) =>
    [
        $"[default/shop] production: deploying {sha[..7]}, by octocat.",
        $"[default/shop] production: deployed {sha[..7]} as release {release}, by octocat.",
    ];

    private protected WorkerLife? Life { get; private set; }

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await Stage.SetNoticesAsync();
    }

    /// <summary>Starts the service again, with a log of all that it says.</summary>
    protected async Task ListenAsync()
    {
        await Stage.StopServiceAsync();
        Life = new WorkerLife { HearsAll = true };
        await Stage.StartServiceAsync(Life);
    }

    /// <summary>What people read in Slack, without the link.</summary>
    protected IReadOnlyList<string> Said => [.. Stage.Sandbox.Slack.Heard.Select(m => m.Text.Split(" <")[0])];

    protected IReadOnlyList<JsonNode> Published =>
    [
        .. Stage.Aws.Calls.Of("sns", "Publish").Where(c => c.StatusCode == 200)
            .Select(c => JsonNode.Parse((string?)c.Request["Message"] ?? "")).OfType<JsonNode>(),
    ];

    protected IReadOnlyList<string?> PublishedEvents => [.. Published.Select(m => (string?)m["data"]?["event"])];
}
