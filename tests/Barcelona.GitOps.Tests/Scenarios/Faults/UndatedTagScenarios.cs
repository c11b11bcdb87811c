using Barcelona.GitOps.Reconciliation.Acts;
using Barcelona.GitOps.Sandbox.Aws.Calls;
using Barcelona.GitOps.Sandbox.Aws.Images;
using Barcelona.GitOps.Storage.History;
using Barcelona.GitOps.Tests.Scenarios.Crashes;
using Microsoft.Extensions.DependencyInjection;
using GitHubFault = Barcelona.GitOps.Sandbox.GitHub.Faults.Fault;

namespace Barcelona.GitOps.Tests.Scenarios.Faults;

/// <summary>Two tags are wanted for one target while git is away, or GitHub that gives the token for it: which one is newer cannot be told.</summary>
public sealed class UndatedTagScenarios : Scenario
{
    private const string App = "barcelona-app--default--shop";

    private static readonly TimeSpan Away = TimeSpan.FromMinutes(10);

    private static readonly string Migrating =
        Manifests.Tagged.Replace("[{tag: \"v*\"}]}\n", "[{tag: \"v*\"}]}\n    before_deploy: rake db:migrate\n", StringComparison.Ordinal);

    [Theory]
    [InlineData("git")]
    [InlineData("GitHub")]
    public async Task What_has_begun_goes_on_to_its_end_and_the_other_comes_after_it(string who)
    {
        var (older, newer) = await CommitsAsync();
        await Shop.TagAsync("v1.0.0", older);
        await Stage.RunUntilAsync(
            () => Stage.Aws.Calls.Of("cloudformation", "CreateStack").Any(c => (string?)c.Request["StackName"] == App));

        await GoesOnAsync(older, newer, who);
    }

    /// <summary>A lasting "no" has the patience of a run that is alone: what has begun is followed, and the other is told.</summary>
    [Theory]
    [InlineData("git says no")]
    [InlineData("GitHub says no")]
    public async Task What_has_begun_is_followed_also_when_it_is_refused_and_the_other_ends_by_the_refusal(string who)
    {
        var (older, newer) = await CommitsAsync();
        await Shop.TagAsync("v1.0.0", older);
        await Stage.RunUntilAsync(
            () => Stage.Aws.Calls.Of("cloudformation", "CreateStack").Any(c => (string?)c.Request["StackName"] == App));

        await GoesOnAsync(older, newer, who, "failure");
    }

    /// <summary>Nothing of the run is at work on a stack yet.</summary>
    [Theory]
    [InlineData("git")]
    [InlineData("GitHub")]
    public async Task A_migration_is_not_left_alone(string who)
    {
        var (older, newer) = await MigratingAsync();

        await GoesOnAsync(older, newer, who);
    }

    [Fact]
    public async Task Whoever_goes_back_during_a_migration_does_not_see_its_release_come()
    {
        var (older, _) = await MigratingAsync();
        Stage.GitHub.Faults.Add(new GitHubFault.Status(503), path: "/git/*", times: 10_000);
        var rollbacks = Stage.Services.GetRequiredService<Rollbacks>();
        await rollbacks.StartAsync(await rollbacks.FindAsync(new("default", "shop"), null, Stop), new("maintainer", "a wish"), Stop);
        await Stage.RunForAsync(Away);
        Assert.NotNull(Stage.Aws.OneOffTasks[^1].StoppedAt);
        var updates = Stage.Aws.Calls.Of("cloudformation", "UpdateStack").Where(c => (string?)c.Request["StackName"] == App);
        Assert.DoesNotContain(updates, c => SentCommit(c) == older);

        Stage.GitHub.Faults.Clear();
        await Stage.SweepAsync();
        Assert.Equal("cancelled", Check(older).Conclusion);
        Assert.Equal("success", Check(older, "barcelona/rollback/production").Conclusion);
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

    [Theory]
    [InlineData("git says no")]
    [InlineData("GitHub says no")]
    public async Task With_nothing_begun_a_refusal_that_lasts_ends_both(string who)
    {
        var (older, newer) = await CommitsAsync();
        var writes = await TagsUnseenAsync(older, newer, who);
        await Stage.RunForAsync(TimeSpan.FromSeconds(30));
        Assert.Equal([RunState.Queued, RunState.Running], (await StatesAsync()).Take(2));
        await Stage.RunForAsync(Away);
        Assert.Equal([RunState.Failed, RunState.Failed], (await StatesAsync()).Take(2));
        Assert.Equal(writes, Stage.Aws.Calls.Writes.Count);

        Stage.GitHub.Faults.Clear();
        await Stage.SweepAsync();
        Assert.Equal(("failure", "failure"), (Check(older).Conclusion, Check(newer).Conclusion));
        Assert.Contains("403", Check(older).Title, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("git")]
    [InlineData("GitHub")]
    public async Task With_nothing_begun_silence_that_lasts_ends_both(string who)
    {
        var (older, newer) = await CommitsAsync();
        var writes = await TagsUnseenAsync(older, newer, who);
        await Stage.RunForAsync(TimeSpan.FromHours(5.9));
        Assert.Equal([RunState.Queued, RunState.Queued], (await StatesAsync()).Take(2));
        await Stage.RunForAsync(TimeSpan.FromMinutes(80));
        Assert.Equal([RunState.Failed, RunState.Failed], (await StatesAsync()).Take(2));
        Assert.Equal(writes, Stage.Aws.Calls.Writes.Count);

        Stage.GitHub.Faults.Clear();
        await Stage.SweepAsync();
        Assert.All(
            [older, newer],
            sha => Assert.StartsWith("Failed: It was not finished after 30 minutes", Check(sha).Title, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_rollback_needs_no_date_and_waits_for_nobody()
    {
        var (good, bad) = await CommitsAsync();
        await Shop.TagAsync("v1.0.0", good);
        await Stage.RunUntilQuietAsync();
        await Shop.TagAsync("v1.1.0", bad);
        await Stage.RunUntilAsync(
            () => Stage.Aws.Calls.Of("cloudformation", "UpdateStack").Any(c => (string?)c.Request["StackName"] == App));

        await GoAwayAsync("git");
        var rollbacks = Stage.Services.GetRequiredService<Rollbacks>();
        await rollbacks.StartAsync(await rollbacks.FindAsync(new("default", "shop"), null, Stop), new("maintainer", "a wish"), Stop);
        await Stage.RunForAsync(Away);

        Assert.Equal(("cancelled", "success"), (Check(bad).Conclusion, Check(bad, "barcelona/rollback/production").Conclusion));
    }

    /// <summary>Both have a tag, and nothing has begun when whoever could date them goes away.</summary>
    /// <returns>The writes until then.</returns>
    private async Task<int> TagsUnseenAsync(string older, string newer, string who)
    {
        var another = new AnotherWorker(Stage);
        await another.TakeTargetAsync();
        await Shop.TagAsync("v1.0.0", older);
        await Shop.TagAsync("v1.1.0", newer);
        await Stage.RunDueAsync();
        var writes = Stage.Aws.Calls.Writes.Count;
        await GoAwayAsync(who);
        await another.GiveBackAsync();
        return writes;
    }

    /// <summary>The older one has a tag, and its migration is at work; a release before it runs.</summary>
    private async Task<(string Older, string Newer)> MigratingAsync()
    {
        await Shop.TagAsync("v0.9.0", await PushAndSettleAsync(Migrating));
        await Stage.RunUntilQuietAsync();
        var (older, newer) = (await PushAndSettleAsync(Migrating + "# more\n"), await PushAndSettleAsync(Migrating + "# and more\n"));
        Stage.Aws.Images.SetForOneOffs("acme/shop:*", new ImageBehaviour.CrashLoop(ExitCode: 0, TimeSpan.FromMinutes(2)));
        await Shop.TagAsync("v1.0.0", older);
        await Stage.RunUntilAsync(() => Stage.Aws.OneOffTasks.Count == 2);
        return (older, newer);
    }

    /// <summary>A newer tag comes while the older one is being deployed, and from then on neither can be dated.</summary>
    /// <param name="then">What becomes of the newer one.</param>
    private async Task GoesOnAsync(string older, string newer, string who, string then = "success")
    {
        var another = new AnotherWorker(Stage);
        await another.TakeTargetAsync();
        await Shop.TagAsync("v1.1.0", newer);
        await Stage.RunDueAsync();
        Assert.Equal([RunState.Queued, RunState.Running], (await StatesAsync()).Take(2));

        await GoAwayAsync(who);
        await another.GiveBackAsync();
        await Stage.RunForAsync(Away);
        Assert.Equal(older, (await Stage.Services.GetRequiredService<Runs>().NewestSucceededAsync("default", "shop", Stop))?.Commit.Value);

        Stage.GitHub.Faults.Clear();
        await Stage.SweepAsync();
        Assert.Equal(("success", then), (Check(older).Conclusion, Check(newer).Conclusion));
    }

    private async Task<(string Older, string Newer)> CommitsAsync() =>
        (await PushAndSettleAsync(Manifests.Tagged), await PushAndSettleAsync(Manifests.Tagged + "# more\n"));

    private static string? SentCommit(AwsCall update) =>
        (string?)update.Request["Parameters"]?.AsArray().FirstOrDefault(p => (string?)p?["ParameterKey"] == "Commit")?["ParameterValue"];

    /// <summary>The newest first.</summary>
    private async Task<IEnumerable<RunState>> StatesAsync() =>
        (await Stage.Services.GetRequiredService<Runs>().RecentAsync(9, Stop)).Where(r => r.Heritage == "shop").Select(r => r.State);

    private async Task GoAwayAsync(string who)
    {
        var status = new GitHubFault.Status(who.EndsWith("no", StringComparison.Ordinal) ? 403 : 503);
        if (who.StartsWith("git ", StringComparison.Ordinal) || who == "git")
        {
            Stage.GitHub.Faults.Add(status, path: "/git/*", times: 10_000);
            return;
        }

        // Another process has no token from before.
        await Stage.StopServiceAsync();
        await Stage.StartServiceAsync();
        if (who == "GitHub")
        {
            Stage.GitHub.Faults.Down = true;
            return;
        }

        Stage.GitHub.Faults.Add(status, path: "/app/installations/*", times: 10_000);
    }
}
