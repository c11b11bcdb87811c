using System.Diagnostics;
using Barcelona.GitOps.Sandbox.GitHub;
using Barcelona.GitOps.Storage.History;
using Barcelona.GitOps.Storage.Work;
using Microsoft.Extensions.DependencyInjection;

namespace Barcelona.GitOps.Tests.Scenarios.Crashes;

/// <summary>A push by which a worker dies, at one call after the other, and what is to be true afterwards whichever it was.</summary>
internal sealed record CrashPlay(string Manifest, string[] Expected)
{
    private static readonly TimeSpan PastTheLease = TimeSpan.FromSeconds(11), Horizon = TimeSpan.FromMinutes(4);

    /// <summary>What happens before, while nobody dies.</summary>
    public Func<Stage, SandboxRepository, Task> Before { get; init; } = (_, _) => Task.CompletedTask;

    /// <summary>Dies at each of these calls of an undisturbed play, and wants the same facts every time.</summary>
    public async Task AtEachAsync(ITestOutputHelper output, Func<int, OutsideCall, bool> isChosen)
    {
        var started = Stopwatch.GetTimestamp();
        var calls = await UndisturbedAsync();
        var chosen = calls.Index().Where(c => isChosen(c.Index, c.Item)).ToList();
        var (points, wrong) = (0, new List<string>());
        foreach (var (number, call) in chosen)
        {
            foreach (var happened in CrashPoint.Fates(call))
            {
                points++;
                var found = await KilledAsync(new CrashPoint(number, happened));
                if (!found.SequenceEqual(Expected))
                {
                    var how = happened ? "happened, its answer lost" : "never made";
                    wrong.Add($"call {number}, {call.What}, {how}:\n  {string.Join("\n  ", Odd(found, Expected))}");
                    output.WriteLine(wrong[^1]);
                }
            }
        }

        output.WriteLine($"{calls.Count} calls, {points} points, {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private async Task<IReadOnlyList<OutsideCall>> UndisturbedAsync()
    {
        await using var stage = await Stage.SetAsync();
        var shop = stage.GitHub.CreateRepository("acme", "shop");
        await Before(stage, shop);
        await stage.StopServiceAsync();
        var life = new WorkerLife();
        await stage.StartServiceAsync(life);
        await PushAsync(stage, shop);
        await stage.RunUntilQuietAsync();
        Assert.Equal(Expected, await FactsAsync(stage, shop, life));
        Assert.Contains(life.Calls, c => c.What.StartsWith("aws ", StringComparison.Ordinal));
        Assert.Contains(life.Calls, c => c.What.StartsWith("github ", StringComparison.Ordinal));
        return life.Calls;
    }

    private async Task<IReadOnlyList<string>> KilledAsync(CrashPoint point)
    {
        await using var stage = await Stage.SetAsync();
        var shop = stage.GitHub.CreateRepository("acme", "shop");
        await Before(stage, shop);
        await stage.StopServiceAsync();
        await stage.StartServiceAsync(new WorkerLife(point));
        await PushAsync(stage, shop);
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

    private async Task PushAsync(Stage stage, SandboxRepository shop)
    {
        await shop.CommitAsync("main", new Dictionary<string, string> { ["barcelona.yml"] = Manifest }, "Change barcelona.yml");

        // A webhook that comes in the middle of a pass would cost another one: calls are counted.
        await stage.GitHub.WhenQuietAsync();
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
            .. runs.Where(r => r.State == RunState.Failed).Select(r => $"cause {r.Cause?.Split(':')[0]}"),
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

    private static IEnumerable<string> Odd(IReadOnlyList<string> found, string[] Expected) =>
        found.Except(Expected).Select(f => $"+ {f}")
            .Concat(Expected.Except(found).Select(f => $"- {f}"))
            .DefaultIfEmpty($"some of it twice: {string.Join("; ", found)}");
}
