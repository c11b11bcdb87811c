using Barcelona.GitOps.Storage.History;
using Barcelona.GitOps.Tests.Scenarios.Crashes;
using Microsoft.Extensions.DependencyInjection;
using GitHubFault = Barcelona.GitOps.Sandbox.GitHub.Faults.Fault;

namespace Barcelona.GitOps.Tests.Scenarios.Faults;

/// <summary>Two tags are wanted for one target while git is away, or GitHub that gives the token for it: which one is newer cannot be told.</summary>
public sealed class UndatedTagScenarios : Scenario
{
    private static readonly TimeSpan Away = TimeSpan.FromMinutes(10);

    [Theory]
    [InlineData("git")]
    [InlineData("GitHub")]
    public async Task What_has_begun_goes_on_to_its_end_and_the_other_comes_after_it(string who)
    {
        var (older, newer) = await CommitsAsync();
        await Shop.TagAsync("v1.0.0", older);
        await Stage.RunUntilAsync(
            () => Stage.Aws.Calls.Of("cloudformation", "CreateStack").Any(c => (string?)c.Request["StackName"] == "barcelona-app--default--shop"));
        var another = new AnotherWorker(Stage);
        await another.TakeTargetAsync();
        await Shop.TagAsync("v1.1.0", newer);
        await Stage.RunDueAsync();
        Assert.Equal([RunState.Queued, RunState.Running], await StatesAsync());

        await GoAwayAsync(who);
        await another.GiveBackAsync();
        await Stage.RunForAsync(Away);
        Assert.Equal(older, (await Stage.Services.GetRequiredService<Runs>().NewestSucceededAsync("default", "shop", Stop))?.Commit.Value);

        Stage.GitHub.Faults.Clear();
        await Stage.SweepAsync();
        Assert.Equal(("success", "success"), (Check(older).Conclusion, Check(newer).Conclusion));
    }

    [Theory]
    [InlineData("git")]
    [InlineData("GitHub")]
    public async Task With_nothing_begun_both_wait_and_then_the_later_made_wins(string who)
    {
        var (older, newer) = await CommitsAsync();
        var another = new AnotherWorker(Stage);
        await another.TakeTargetAsync();
        var date = Stage.Clock.GetUtcNow();
        await Shop.TagAsync("v-new", newer, annotated: true, date);
        await Shop.TagAsync("v-old", older, annotated: true, date.AddDays(-1));
        await Stage.RunDueAsync();
        var writes = Stage.Aws.Calls.Writes.Count;

        await GoAwayAsync(who);
        await another.GiveBackAsync();
        await Stage.RunForAsync(Away);
        Assert.Equal([RunState.Queued, RunState.Queued], await StatesAsync());
        Assert.Equal(writes, Stage.Aws.Calls.Writes.Count);

        Stage.GitHub.Faults.Clear();
        await Stage.SweepAsync();
        Assert.Equal(("cancelled", "success"), (Check(older).Conclusion, Check(newer).Conclusion));
    }

    private async Task<(string Older, string Newer)> CommitsAsync() =>
        (await PushAndSettleAsync(Manifests.Tagged), await PushAndSettleAsync(Manifests.Tagged + "# more\n"));

    /// <summary>The newest first.</summary>
    private async Task<IEnumerable<RunState>> StatesAsync() =>
        (await Stage.Services.GetRequiredService<Runs>().RecentAsync(9, Stop)).Where(r => r.Heritage == "shop").Select(r => r.State);

    private async Task GoAwayAsync(string who)
    {
        if (who == "git")
        {
            Stage.GitHub.Faults.Add(new GitHubFault.Status(503), path: "/git/*", times: 10_000);
            return;
        }

        // Another process has no token from before.
        await Stage.StopServiceAsync();
        await Stage.StartServiceAsync();
        Stage.GitHub.Faults.Down = true;
    }
}
