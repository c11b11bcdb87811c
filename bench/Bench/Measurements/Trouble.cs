using System.Collections.Concurrent;
using Barcelona.GitOps.Bench.Report;
using Barcelona.GitOps.Bench.Servers;
using Barcelona.GitOps.Sandbox.Aws;
using Barcelona.GitOps.Sandbox.Aws.Images;
using Barcelona.GitOps.Sandbox.GitHub;

namespace Barcelona.GitOps.Bench.Measurements;

/// <summary>
/// What somebody waits for at night: from the first container that stopped by itself to its cause on GitHub, and from the death of the process in
/// mid-deploy to the first call of the one that takes its place.
/// </summary>
internal sealed class Trouble(Workbench bench)
{
    private const string Cause = "exit code 3", Image = "k2nr/sinatra-barcelona:*";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3), Tick = TimeSpan.FromMilliseconds(5);

    public async Task<IReadOnlyList<Figure>> MeasureAsync(CancellationToken stop)
    {
        var database = bench.Cluster is null ? "SQLite" : "PostgreSQL";
        return
        [
            .. await CauseAsync(stop),
            new($"SIGKILL to the next call for the same deploy, {database}", "s", await ResumeAsync(stop)) { Target = Target.Under(10) },
        ];
    }

    private async Task<IReadOnlyList<Figure>> CauseAsync(CancellationToken stop)
    {
        // Paced like a small deploy on AWS: the looks become rarer while it lasts.
        await using var stage = await SetAsync(new SandboxTimings(), stop);
        await using var service = await stage.StartServiceAsync(bench.Clock, stop);
        var shop = await CreateAsync(stage, stop);
        var (toCause, toVerdict) = (new List<double>(), new List<double>());
        for (var round = 0; round < bench.Options.Rounds(2); round++)
        {
            stage.Host.Aws.Images.Set(Image, new ImageBehaviour.Healthy());
            if (!await shop.PushToVerdictAsync(Patience, bench.Clock, stop))
                throw new InvalidOperationException("The deploy that works failed.");
            stage.Host.Aws.Images.Set(Image, new ImageBehaviour.CrashLoop(ExitCode: 3, TimeSpan.FromSeconds(1)));
            var seen = await FailAsync(stage, shop, stop);
            toCause.Add(seen.ToCause);
            toVerdict.Add(seen.ToVerdict);
        }

        return
        [
            new("first stopped task to its cause on GitHub", "s", toCause) { Target = Target.Under(30) },
            new("first stopped task to verdict, what ran before running again", "s", toVerdict),
        ];
    }

    private async Task<(double ToCause, double ToVerdict)> FailAsync(Stage stage, PushedRepository shop, CancellationToken stop)
    {
        var seen = new ConcurrentDictionary<string, DateTimeOffset>();
        void Look(SandboxChange change)
        {
            if (change is CheckRunChanged { CheckRun: var run } && $"{run.Title}{run.Summary}{run.Text}".Contains(Cause, StringComparison.Ordinal))
                seen.TryAdd(nameof(Cause), bench.Clock.GetUtcNow());
        }

        stage.Host.GitHub.Changed += Look;
        try
        {
            var pushed = bench.Clock.GetUtcNow();
            if (await shop.PushToVerdictAsync(Patience, bench.Clock, stop))
                throw new InvalidOperationException("The deploy succeeded, and its image cannot run.");
            var stopped = stage.Host.Aws.ServiceTaskStops().First(at => at >= pushed);
            return ((seen[nameof(Cause)] - stopped).TotalSeconds, (bench.Clock.GetUtcNow() - stopped).TotalSeconds);
        }
        finally
        {
            stage.Host.GitHub.Changed -= Look;
        }
    }

    private async Task<IReadOnlyList<double>> ResumeAsync(CancellationToken stop)
    {
        await using var stage = await SetAsync(SandboxTimings.Fast, stop);
        var service = await stage.StartServiceAsync(bench.Clock, stop);
        var shop = await CreateAsync(stage, stop);
        await shop.PushAsync(bench.Clock, stop);
        var samples = new List<double>();
        for (var round = 0; round < bench.Options.Rounds(9); round++)
        {
            // In turns after the first write, a task definition, and after the second, the stack.
            var (calls, writes) = (stage.Host.Aws.Calls, 1 + (round % 2));
            var before = calls.Writes.Count;
            var deploy = shop.PushToVerdictAsync(Patience, bench.Clock, stop);
            while (calls.Writes.Count < before + writes && !deploy.IsCompleted)
                await Task.Delay(Tick, bench.Clock, stop);
            await service.KillAsync();
            var (killed, done) = (bench.Clock.GetUtcNow(), calls.Count);
            service = stage.Launch();
            while (calls.Count == done)
                await Task.Delay(Tick, bench.Clock, stop);
            samples.Add((bench.Clock.GetUtcNow() - killed).TotalSeconds);
            if (!await deploy)
                throw new InvalidOperationException("The deploy failed after the kill.");
        }

        await service.DisposeAsync();
        return samples;
    }

    private async Task<Stage> SetAsync(SandboxTimings timings, CancellationToken stop) => await Stage.SetAsync(
        new(bench.Options.ServicePath)
        {
            ConnectionString = bench.Cluster is null ? null : await bench.Cluster.CreateDatabaseAsync(stop),
            Timings = timings,
        },
        stop);

    private Task<PushedRepository> CreateAsync(Stage stage, CancellationToken stop) => PushedRepository.CreateAsync(
        stage, "sinatra-demo", File.ReadAllText(Path.Combine(bench.Options.ExampleDirectory, "barcelona.yml")), stop);
}
