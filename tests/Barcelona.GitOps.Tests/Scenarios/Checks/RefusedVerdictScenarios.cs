using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Sandbox.GitHub.Faults;
using Barcelona.GitOps.Sandbox.GitHub.Rest;
using Barcelona.GitOps.Storage.History;
using Barcelona.GitOps.Storage.Work;
using Microsoft.Extensions.DependencyInjection;

namespace Barcelona.GitOps.Tests.Scenarios.Checks;

/// <summary>Verdicts that GitHub does not take: kept for three days, in the way of nobody else's.</summary>
public sealed class RefusedVerdictScenarios : Scenario
{
    /// <summary>Rewritten and gone: GitHub makes no check for it.</summary>
    private static readonly CommitSha Gone = CommitSha.Parse(new string('a', 40));

    [Fact]
    public async Task One_that_is_refused_for_good_costs_later_deploys_next_to_nothing()
    {
        await PushAndSettleAsync(Manifests.Shop);
        await WantGoneAsync(1);
        await Stage.RunUntilQuietAsync();
        var (before, since) = (Tries(), Stage.Clock.GetUtcNow());

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("success", Check(await PushAndSettleAsync(Manifests.Shop + $"# {i}\n")).Conclusion);
        }

        // After one, two, four … minutes.
        Assert.InRange(Stage.Clock.GetUtcNow() - since, TimeSpan.Zero, TimeSpan.FromMinutes(15));
        Assert.InRange(Tries() - before, 0, 4);
    }

    [Fact]
    public async Task However_many_there_are_a_newer_verdict_is_told()
    {
        await PushAndSettleAsync(Manifests.Shop);
        await WantGoneAsync(150);

        var sha = await PushAndSettleAsync(Manifests.Shop + "# more\n");

        Assert.Equal(("completed", "success"), (Check(sha).Status, Check(sha).Conclusion));
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task An_App_that_is_let_in_again_after_two_days_leaves_no_check_in_progress_and_is_not_asked_all_the_time()
    {
        var sha = await PushAsync(Manifests.Shop);
        await Stage.RunDueAsync();
        Stage.GitHub.Faults.Add(new Fault.Status(403), path: "/repos/*", times: 100_000);
        await Stage.RunForAsync(TimeSpan.FromMinutes(3));
        Assert.Equal("in_progress", Check(sha).Status);
        await PassAsync(TimeSpan.FromHours(1));
        var before = Verdicts();
        await PassAsync(TimeSpan.FromDays(2));
        Assert.InRange(Verdicts() - before, 150, 200);

        Stage.GitHub.Faults.Clear();
        await PassAsync(TimeSpan.FromMinutes(20));

        Assert.Equal(("completed", "failure"), (Check(sha).Status, Check(sha).Conclusion));
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task After_three_days_nobody_is_told_any_more()
    {
        await PushAsync(Manifests.Shop);
        await Stage.RunDueAsync();
        Stage.GitHub.Faults.Add(new Fault.Status(403), path: "/repos/*", times: 100_000);
        await Stage.RunForAsync(TimeSpan.FromMinutes(3));
        await PassAsync(TimeSpan.FromDays(3.1));
        var before = Verdicts();

        await PassAsync(TimeSpan.FromHours(4));

        Assert.Equal(before, Verdicts());
    }

    private async Task WantGoneAsync(int count)
    {
        var runs = Stage.Services.GetRequiredService<Runs>();
        var installation = (await runs.RecentAsync(1, Stop))[0].Installation;
        for (var i = 0; i < count; i++)
        {
            await runs.CreateAsync(
                new NewRun
                {
                    TriggerKey = $"gone {i}",
                    District = "default",
                    Heritage = "shop",
                    Repository = RepositoryName.Parse("acme/shop"),
                    Installation = installation,
                    Environment = "production",
                    Ref = GitRef.Branch("main"),
                    Commit = Gone,
                },
                within: null,
                Stop);
        }

        await Stage.Services.GetRequiredService<Lanes>().WantAsync(
            LaneKinds.Target, LaneKinds.TargetKey("default", "shop"), Stage.Clock.GetUtcNow(), within: null, Stop);
    }

    /// <summary>Time goes on, and the sweep comes by every five minutes.</summary>
    private async Task PassAsync(TimeSpan time)
    {
        await Stage.Services.GetRequiredService<Lanes>().WantAsync(LaneKinds.Sweep, "github", Stage.Clock.GetUtcNow(), within: null, Stop);
        for (var end = Stage.Clock.GetUtcNow() + time; Stage.Clock.GetUtcNow() < end;)
        {
            Stage.Clock.Advance(TimeSpan.FromMinutes(5));
            await Stage.RunDueAsync();
        }
    }

    private int Tries() => Stage.GitHub.Requests.Count(r => r.Path.EndsWith("/check-runs", StringComparison.Ordinal) && Names(r, Gone.Value));

    private int Verdicts() => Stage.GitHub.Requests.Count(r => r.Method == "PATCH" && r.Path.Contains("/check-runs/", StringComparison.Ordinal));

    private static bool Names(GitHubRequest request, string text) =>
        request.Path.Contains(text, StringComparison.Ordinal) || request.Body.Contains(text, StringComparison.Ordinal);
}
