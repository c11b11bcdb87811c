using Barcelona.GitOps.Sandbox.GitHub;
using Barcelona.GitOps.Storage.History;
using Barcelona.GitOps.Storage.Work;
using Barcelona.GitOps.Tests.Scenarios.Districts;
using Microsoft.Extensions.DependencyInjection;

namespace Barcelona.GitOps.Tests.Scenarios.Crashes;

/// <summary>The worker dies at one of its writes while it makes a district, and another one goes on.</summary>
public sealed class DistrictCrashScenarios(ITestOutputHelper output)
{
    private static readonly TimeSpan PastTheLease = TimeSpan.FromSeconds(11);

    private static readonly string[] Once =
    [
        "check barcelona/district/default completed success",
        "created barcelona-default",
        "created barcelona-endpoint--default--demo-endpoint",
        "internet-facing balancer, protected True",
        "run Succeeded, told Succeeded",
    ];

    /// <summary>Writes are where something could happen twice; reads are all alike.</summary>
    [Fact]
    [Trait("Category", "Long")]
    public Task Killed_at_any_write_or_at_every_tenth_read_a_district_is_made_as_if_nothing_had_happened() =>
        AtEachAsync((number, call) => call.IsWrite || number % 10 == 0);

    private async Task AtEachAsync(Func<int, OutsideCall, bool> isChosen)
    {
        var calls = await LiveAsync(death: null);
        var wrong = new List<string>();
        foreach (var (number, call) in calls.Calls.Index().Where(c => isChosen(c.Index, c.Item)))
        {
            foreach (var happened in CrashPoint.Fates(call))
            {
                var found = (await LiveAsync(new CrashPoint(number, happened))).Facts;
                if (!found.SequenceEqual(Once))
                {
                    wrong.Add(
                        $"call {number}, {call.What}, {(happened ? "happened, its answer lost" : "never made")}:\n  {string.Join("\n  ", found)}");
                }
            }
        }

        output.WriteLine($"{calls.Calls.Count} calls, {calls.Calls.Count(c => c.IsWrite)} of them writes");
        Assert.Equal(Once, calls.Facts);
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static async Task<(IReadOnlyList<OutsideCall> Calls, IReadOnlyList<string> Facts)> LiveAsync(CrashPoint? death)
    {
        await using var stage = await Stage.SetAsync(new StageOptions { PlatformRepository = "acme/platform" });
        await stage.StopServiceAsync();
        var life = new WorkerLife(death);
        await stage.StartServiceAsync(life);
        var platform = stage.GitHub.CreateRepository("acme", "platform");
        await platform.CommitAsync("main", new Dictionary<string, string> { ["districts/default.yml"] = DistrictTexts.Made }, "The district");
        if (death is null)
        {
            await stage.RunUntilQuietAsync();
            return (life.Calls, await FactsAsync(stage, platform));
        }

        await Assert.ThrowsAsync<WorkerDiedException>(stage.RunUntilQuietAsync);
        stage.DropService();
        stage.Clock.Advance(PastTheLease);
        await stage.StartServiceAsync(new WorkerLife());

        // As the work loop does when it starts. The sweep, which it asks for too, must not be needed.
        await stage.Services.GetRequiredService<Lanes>().ForgetQueuedAsync();
        await stage.RunUntilQuietAsync();
        return (life.Calls, await FactsAsync(stage, platform));
    }

    private static async Task<IReadOnlyList<string>> FactsAsync(Stage stage, SandboxRepository platform)
    {
        var runs = await stage.Services.GetRequiredService<Runs>().RecentAsync(10);
        return
        [
            .. platform.CheckRuns.Select(c => $"check {c.Name} {c.Status} {c.Conclusion}"),
            .. stage.Aws.Calls.Of("cloudformation", "CreateStack").Where(c => c.StatusCode == 200)
                .Select(c => $"created {(string?)c.Request["StackName"]}").Order(StringComparer.Ordinal),
            .. stage.Aws.LoadBalancers.Where(b => b.Name != "demo-endpoint").Select(b => $"{b.Scheme} balancer, protected {b.IsProtected}"),
            .. runs.Select(r => $"run {r.State}, told {r.Reported}"),
            .. GitHubContract.Violations(stage.GitHub.Requests).Select(v => $"violation {v}"),
        ];
    }
}
