using System.Diagnostics;
using Barcelona.GitOps.Sandbox.GitHub;
using Barcelona.GitOps.Storage.History;
using Barcelona.GitOps.Storage.Work;
using Microsoft.Extensions.DependencyInjection;

namespace Barcelona.GitOps.Tests.Scenarios.Crashes;

/// <summary>
/// The worker dies at one of its calls, made or not, and another one starts when the lease has run out. The calls are those of a deploy that
/// nobody disturbs, so that a new one is a new point by itself.
/// </summary>
public sealed class CrashScenarios(ITestOutputHelper output)
{
    private static readonly TimeSpan PastTheLease = TimeSpan.FromSeconds(11), Horizon = TimeSpan.FromMinutes(4);

    /// <summary>One success, and everything once.</summary>
    private static readonly string[] Once =
    [
        "check barcelona/production completed success",
        "deployment production in_progress, success",
        "created barcelona-app--default--shop",
        "created barcelona-heritage--default--shop",
        "registered default--shop--web",
        "registered default--shop--worker",
        "run Succeeded, told Succeeded",
    ];

    /// <summary>Writes are where something could happen twice; reads are all alike.</summary>
    [Fact]
    public Task Killed_at_any_write_or_at_every_tenth_read_a_deploy_ends_as_if_nothing_had_happened() =>
        AtEachAsync((number, call) => call.IsWrite || number % 10 == 0);

    [Fact]
    [Trait("Category", "Long")]
    public Task Killed_at_any_call_a_deploy_ends_as_if_nothing_had_happened() => AtEachAsync((_, _) => true);

    private async Task AtEachAsync(Func<int, OutsideCall, bool> isChosen)
    {
        var started = Stopwatch.GetTimestamp();
        var calls = await UndisturbedAsync();
        var chosen = calls.Index().Where(c => isChosen(c.Index, c.Item)).ToList();
        var wrong = new List<string>();
        foreach (var (number, call) in chosen)
        {
            foreach (var happened in (bool[])[false, true])
            {
                var found = await KilledAsync(new CrashPoint(number, happened));
                if (!found.SequenceEqual(Once))
                {
                    var how = happened ? "happened, its answer lost" : "never made";
                    wrong.Add($"call {number}, {call.What}, {how}:\n  {string.Join("\n  ", Odd(found))}");
                    output.WriteLine(wrong[^1]);
                }
            }
        }

        output.WriteLine($"{calls.Count} calls, {2 * chosen.Count} points, {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static async Task<IReadOnlyList<OutsideCall>> UndisturbedAsync()
    {
        await using var stage = await Stage.SetAsync();
        await stage.StopServiceAsync();
        var life = new WorkerLife();
        await stage.StartServiceAsync(life);
        var shop = await PushedAsync(stage);
        await stage.RunUntilQuietAsync();
        Assert.Equal(Once, await FactsAsync(stage, shop, life));
        Assert.Contains(life.Calls, c => c.What.StartsWith("aws ", StringComparison.Ordinal));
        Assert.Contains(life.Calls, c => c.What.StartsWith("github ", StringComparison.Ordinal));
        return life.Calls;
    }

    private static async Task<IReadOnlyList<string>> KilledAsync(CrashPoint point)
    {
        await using var stage = await Stage.SetAsync();
        await stage.StopServiceAsync();
        await stage.StartServiceAsync(new WorkerLife(point));
        var shop = await PushedAsync(stage);
        await Assert.ThrowsAsync<WorkerDiedException>(stage.RunUntilQuietAsync);

        stage.DropService();
        stage.Clock.Advance(PastTheLease);
        var next = new WorkerLife();
        await stage.StartServiceAsync(next);

        // As the work loop does when it starts. The sweep, which it asks for too, must not be needed.
        await stage.Services.GetRequiredService<Lanes>().ForgetQueuedAsync();
        await stage.RunUntilQuietAsync();
        return await FactsAsync(stage, shop, next);
    }

    private static async Task<SandboxRepository> PushedAsync(Stage stage)
    {
        var shop = stage.GitHub.CreateRepository("acme", "shop");
        await shop.CommitAsync("main", new Dictionary<string, string> { ["barcelona.yml"] = Manifests.Shop }, "Change barcelona.yml");
        return shop;
    }

    private static async Task<IReadOnlyList<string>> FactsAsync(Stage stage, SandboxRepository shop, WorkerLife life)
    {
        var runs = await stage.Services.GetRequiredService<Runs>().RecentAsync(10);
        var isActive = await stage.Services.GetRequiredService<Lanes>().AnyActiveAsync(stage.Clock.GetUtcNow() + Horizon);
        return
        [
            .. shop.CheckRuns.Select(c => $"check {c.Name} {c.Status} {c.Conclusion}"),
            .. shop.Deployments.Select(d => $"deployment {d.Environment} {string.Join(", ", d.Statuses.Select(s => s.State))}"),
            .. Answered(stage, "cloudformation", "CreateStack", "StackName").Select(name => $"created {name}"),
            .. Answered(stage, "ecs", "RegisterTaskDefinition", "family").Select(family => $"registered {family}"),
            .. runs.Select(r => $"run {r.State}, told {r.Reported}"),
            .. runs.Where(r => r.Detail?.Contains("\"trouble\":\"", StringComparison.Ordinal) is true).Select(r => $"trouble {r.Detail}"),
            .. isActive ? ["a lane is still at work"] : Array.Empty<string>(),
            .. life.Errors.Select(e => $"error {e}"),
            .. GitHubContract.Violations(stage.GitHub.Requests).Select(v => $"violation {v}"),
        ];
    }

    private static IEnumerable<string?> Answered(Stage stage, string service, string operation, string parameter) =>
        stage.Aws.Calls.Of(service, operation)
            .Where(c => c.StatusCode == 200)
            .Select(c => (string?)c.Request[parameter])
            .Order(StringComparer.Ordinal);

    private static IEnumerable<string> Odd(IReadOnlyList<string> found) =>
        found.Except(Once).Select(f => $"+ {f}")
            .Concat(Once.Except(found).Select(f => $"- {f}"))
            .DefaultIfEmpty($"some of it twice: {string.Join("; ", found)}");
}
