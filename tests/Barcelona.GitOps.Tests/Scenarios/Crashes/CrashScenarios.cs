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

    /// <summary>With a migration: it too.</summary>
    private static readonly string[] MigratedOnce =
        [.. Once.TakeWhile(f => f != "registered default--shop--web"), "registered default--shop--before_deploy",
            .. Once.SkipWhile(f => f != "registered default--shop--web"), "started default--shop--before_deploy"];

    /// <summary>Writes are where something could happen twice; reads are all alike.</summary>
    [Fact]
    public Task Killed_at_any_write_or_at_every_tenth_read_a_deploy_ends_as_if_nothing_had_happened() =>
        AtEachAsync(Manifests.Shop, Once, (number, call) => call.IsWrite || number % 10 == 0);

    [Fact]
    [Trait("Category", "Long")]
    public Task Killed_at_any_call_a_deploy_ends_as_if_nothing_had_happened() => AtEachAsync(Manifests.Shop, Once, (_, _) => true);

    /// <summary>All that is asked about tasks.</summary>
    [Fact]
    public Task Killed_at_any_call_about_its_task_a_migration_runs_once() => AtEachAsync(
        Manifests.Migrating, MigratedOnce, (_, call) => call.What.TrimEnd('s').EndsWith("Task", StringComparison.Ordinal));

    [Fact]
    [Trait("Category", "Long")]
    public Task Killed_at_any_call_of_a_deploy_a_migration_runs_once() => AtEachAsync(Manifests.Migrating, MigratedOnce, (_, _) => true);

    private async Task AtEachAsync(string manifest, string[] expected, Func<int, OutsideCall, bool> isChosen)
    {
        var started = Stopwatch.GetTimestamp();
        var calls = await UndisturbedAsync(manifest, expected);
        var chosen = calls.Index().Where(c => isChosen(c.Index, c.Item)).ToList();
        var wrong = new List<string>();
        foreach (var (number, call) in chosen)
        {
            foreach (var happened in (bool[])[false, true])
            {
                var found = await KilledAsync(manifest, new CrashPoint(number, happened));
                if (!found.SequenceEqual(expected))
                {
                    var how = happened ? "happened, its answer lost" : "never made";
                    wrong.Add($"call {number}, {call.What}, {how}:\n  {string.Join("\n  ", Odd(found, expected))}");
                    output.WriteLine(wrong[^1]);
                }
            }
        }

        output.WriteLine($"{calls.Count} calls, {2 * chosen.Count} points, {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static async Task<IReadOnlyList<OutsideCall>> UndisturbedAsync(string manifest, string[] expected)
    {
        await using var stage = await Stage.SetAsync();
        await stage.StopServiceAsync();
        var life = new WorkerLife();
        await stage.StartServiceAsync(life);
        var shop = await PushedAsync(stage, manifest);
        await stage.RunUntilQuietAsync();
        Assert.Equal(expected, await FactsAsync(stage, shop, life));
        Assert.Contains(life.Calls, c => c.What.StartsWith("aws ", StringComparison.Ordinal));
        Assert.Contains(life.Calls, c => c.What.StartsWith("github ", StringComparison.Ordinal));
        return life.Calls;
    }

    private static async Task<IReadOnlyList<string>> KilledAsync(string manifest, CrashPoint point)
    {
        await using var stage = await Stage.SetAsync();
        await stage.StopServiceAsync();
        await stage.StartServiceAsync(new WorkerLife(point));
        var shop = await PushedAsync(stage, manifest);
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

    private static async Task<SandboxRepository> PushedAsync(Stage stage, string manifest)
    {
        var shop = stage.GitHub.CreateRepository("acme", "shop");
        await shop.CommitAsync("main", new Dictionary<string, string> { ["barcelona.yml"] = manifest }, "Change barcelona.yml");
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
            .. stage.Aws.OneOffTasks.Select(t => $"started {t.Family}"),
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

    private static IEnumerable<string> Odd(IReadOnlyList<string> found, string[] expected) =>
        found.Except(expected).Select(f => $"+ {f}")
            .Concat(expected.Except(found).Select(f => $"- {f}"))
            .DefaultIfEmpty($"some of it twice: {string.Join("; ", found)}");
}
