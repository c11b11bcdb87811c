using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Reconciliation;
using Barcelona.GitOps.Reconciliation.Notifications;
using Barcelona.GitOps.Sandbox.Slack;
using Barcelona.GitOps.Storage.History;
using Barcelona.GitOps.Storage.Work;
using Microsoft.Extensions.DependencyInjection;

namespace Barcelona.GitOps.Tests.Scenarios.Notices;

/// <summary>The lanes that talk, beside those that deploy.</summary>
public sealed class NoticeLaneScenarios : NoticeScenario
{
    [Fact]
    public async Task Who_dies_between_the_end_of_a_run_and_the_wish_to_say_it_loses_nothing()
    {
        await FailAsync("default");

        // Nobody has given the lane back.
        Stage.Clock.Advance(TimeSpan.FromSeconds(11));
        await Stage.RunUntilQuietAsync();

        Assert.Contains("failed: It broke.", Assert.Single(Said), StringComparison.Ordinal);
        Assert.Equal(["failed"], PublishedEvents);
    }

    [Fact]
    public async Task Two_workers_at_most_wait_for_whoever_does_not_answer()
    {
        Stage.Sandbox.Slack.Rule = new SlackRule.Silent();
        var folder = Path.Combine(Stage.Folder, "platform", "districts");
        string[] districts = ["one", "two", "three", "four"];
        foreach (var district in districts)
        {
            await File.WriteAllTextAsync(Path.Combine(folder, district + ".yml"), Stage.District.Text, Stop);
            Stage.Aws.SeedSecret($"barcelona/{district}/notifications/slack_url", Stage.Sandbox.Slack.Webhook(district).AbsoluteUri);
            await FailAsync(district);
        }

        await Get<NoticeQueue>().WakeAllAsync(Stop);
        var lanes = await Get<Lanes>().TakeDueAsync(9, Stage.Clock.GetUtcNow(), TimeSpan.FromSeconds(60), Stop);
        Assert.Equal(4, lanes.Count);
        var passes = lanes.Select(RunAsync).ToList();

        // Those that find two at work are back at once; the two come back when Slack's time is up.
        await Task.WhenAny(passes);
        var patience = TimeProvider.System.GetTimestamp();
        while (passes.Count(p => p.IsCompleted) < 2 && TimeProvider.System.GetElapsedTime(patience) < TimeSpan.FromSeconds(20))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Stop);
        }

        while (!passes.All(p => p.IsCompleted))
        {
            Assert.InRange(Stage.Sandbox.Slack.Asked.Count, 0, 2);
            Stage.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Stop);
        }

        await Task.WhenAll(passes);
        Assert.Equal(2, Stage.Sandbox.Slack.Asked.Count);

        Stage.Sandbox.Slack.Rule = null;
        Stage.Clock.Advance(TimeSpan.FromMinutes(1));
        await Stage.RunUntilQuietAsync();
        Assert.Equal(4, Said.Count);
    }

    private async Task RunAsync(long lane)
    {
        await using var scope = Stage.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ReconcileJob>().RunAsync(lane, Stop);
    }

    /// <summary>A run of a target ends, and its worker says no more.</summary>
    private async Task FailAsync(string district)
    {
        var (runs, lanes) = (Get<Runs>(), Get<Lanes>());
        await lanes.WantAsync(LaneKinds.Target, $"{district}/shop", Stage.Clock.GetUtcNow(), cancellationToken: Stop);
        var lane = Assert.Single(await lanes.TakeDueAsync(9, Stage.Clock.GetUtcNow(), TimeSpan.FromSeconds(1), Stop));
        var lease = Assert.IsType<Lease>(await lanes.TryLeaseAsync(lane, "dead", TimeSpan.FromSeconds(10), Stop));
        var run = await runs.CreateAsync(
            new NewRun
            {
                TriggerKey = district,
                District = district,
                Heritage = "shop",
                Repository = RepositoryName.Parse("acme/shop"),
                Installation = 1,
                Environment = "production",
                Ref = GitRef.Branch("main"),
                Commit = CommitSha.Parse(await Shop.CommitAsync("side", new Dictionary<string, string> { ["README"] = district }, "Words")),
            },
            within: null,
            Stop);
        var failed = run with { State = RunState.Failed, Cause = "It broke.", FinishedAt = Stage.Clock.GetUtcNow() };
        Assert.True(await runs.UpdateAsync(failed, lease, within: null, Stop));
    }
}
