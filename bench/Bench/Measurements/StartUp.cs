using System.Diagnostics;
using Barcelona.GitOps.Bench.Report;
using Barcelona.GitOps.Bench.Servers;

namespace Barcelona.GitOps.Bench.Measurements;

/// <summary>
/// From the start of the process to the first answer of /healthz, and to /readyz: the first start makes the tables, the others find them.
/// </summary>
internal sealed class StartUp(Workbench bench)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false });

    public async Task<IReadOnlyList<Figure>> MeasureAsync(CancellationToken stop)
    {
        var figures = new List<Figure>(await MeasureAsync("SQLite", connectionString: null, stop));
        if (bench.Cluster is null)
            figures.Add(Figure.Skipped("start-up, PostgreSQL", PostgreSqlCluster.Missing ?? ""));
        else
            figures.AddRange(await MeasureAsync("PostgreSQL", await bench.Cluster.CreateDatabaseAsync(stop), stop));
        return figures;
    }

    private async Task<IReadOnlyList<Figure>> MeasureAsync(string database, string? connectionString, CancellationToken stop)
    {
        await using var stage = await Stage.SetAsync(new(bench.Options.ServicePath) { ConnectionString = connectionString }, stop);
        var (healthy, ready) = (new List<double>(), new List<double>());
        for (var i = 0; i < bench.Options.Rounds(5) + 1; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await using var service = stage.Launch();
            await AnsweredAsync(new Uri(stage.Url, "healthz"), started, stop);
            healthy.Add(Stopwatch.GetElapsedTime(started).TotalSeconds);
            await AnsweredAsync(new Uri(stage.Url, "readyz"), started, stop);
            ready.Add(Stopwatch.GetElapsedTime(started).TotalSeconds);
        }

        return
        [
            new($"start-up to /healthz, {database}, no tables yet", "s", [healthy[0]]) { Target = Target.Under(2) },
            new($"start-up to /healthz, {database}", "s", healthy[1..]) { Target = Target.Under(2) },
            new($"start-up to /readyz, {database}", "s", ready[1..]),
        ];
    }

    private async Task AnsweredAsync(Uri url, long started, CancellationToken stop)
    {
        while (!await AnswersAsync(url, stop))
        {
            if (Stopwatch.GetElapsedTime(started) > Patience)
                throw new TimeoutException($"{url} did not answer.");
            await Task.Delay(TimeSpan.FromMilliseconds(5), bench.Clock, stop);
        }
    }

    private static async Task<bool> AnswersAsync(Uri url, CancellationToken stop)
    {
        try
        {
            using var response = await Http.GetAsync(url, stop);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
