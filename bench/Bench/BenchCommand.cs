using Barcelona.GitOps.Bench.Measurements;
using Barcelona.GitOps.Bench.Measurements.Storm;
using Barcelona.GitOps.Bench.Report;
using Barcelona.GitOps.Bench.Servers;

namespace Barcelona.GitOps.Bench;

/// <summary>Measures one part after the other, so that none disturbs another, and closes with the table.</summary>
internal sealed class BenchCommand(BenchOptions options, TextWriter output, TextWriter progress, TimeProvider clock)
{
    private const int Interrupted = 130;

    public static IReadOnlyList<string> Parts { get; } = ["core", "start", "push", "trouble", "acknowledgements", "storm"];

    /// <summary>The exit code: 0 when everything was measured, whatever the figures say.</summary>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        var figures = new List<Figure>();
        try
        {
            await using var cluster = PostgreSqlCluster.Missing is null ? await PostgreSqlCluster.StartAsync(clock, stop) : null;
            var bench = new Workbench(options, cluster, progress, clock);
            foreach (var part in Parts.Where(part => options.Only.Count == 0 || options.Only.Contains(part)))
            {
                bench.Say($"{part} …");
                figures.AddRange(await MeasureAsync(part, bench, stop));
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await progress.WriteLineAsync("Stopped.");
            return Interrupted;
        }

        foreach (var line in FigureTable.Lines(figures))
            await output.WriteLineAsync(line);
        return 0;
    }

    private static Task<IReadOnlyList<Figure>> MeasureAsync(string part, Workbench bench, CancellationToken stop) => part switch
    {
        "core" => Task.FromResult<IReadOnlyList<Figure>>([.. ParseAndValidate.Measure(bench), .. PlanOfTwenty.Measure(bench)]),
        "start" => new StartUp(bench).MeasureAsync(stop),
        "push" => new PushToCheck(bench).MeasureAsync(stop),
        "trouble" => new Trouble(bench).MeasureAsync(stop),
        "acknowledgements" => new Acknowledgements(bench).MeasureAsync(stop),
        "storm" => new StormMeasurement(bench).MeasureAsync(stop),
        _ => throw new ArgumentOutOfRangeException(nameof(part), part, message: null),
    };
}

/// <summary>What every measurement needs.</summary>
/// <param name="Cluster">Null: there is no PostgreSQL here.</param>
internal sealed record Workbench(BenchOptions Options, PostgreSqlCluster? Cluster, TextWriter Progress, TimeProvider Clock)
{
    public void Say(string line) => Progress.WriteLine(line);
}
