using System.Globalization;
using Barcelona.GitOps.Bench.Report;
using Barcelona.GitOps.Bench.Servers;

namespace Barcelona.GitOps.Bench.Measurements;

/// <summary>
/// 8 KB signed pushes at 32 connections: the service without its worker, each delivery committed to PostgreSQL before it is acknowledged, and a
/// probot application that does nothing and stores nothing, in turns under the same load. Load, server and database share the machine.
/// </summary>
internal sealed class Acknowledgements(Workbench bench)
{
    private const string Connections = "32";

    public async Task<IReadOnlyList<Figure>> MeasureAsync(CancellationToken stop)
    {
        if (bench.Cluster is null)
            return [Figure.Skipped("durable acknowledgements", PostgreSqlCluster.Missing ?? "")];

        await using var stage = await Stage.SetAsync(
            new(bench.Options.ServicePath)
            {
                ConnectionString = await bench.Cluster.CreateDatabaseAsync(stop),
                Settings = new Dictionary<string, string> { ["Worker__Enabled"] = "false", ["Logging__LogLevel__Default"] = "Warning" },
            },
            stop);
        await using var service = await stage.StartServiceAsync(bench.Clock, stop);
        await using var probot = bench.Options.ProbotDirectory is { } directory
            ? await ProbotServer.StartAsync(directory, stage.Host.GitHub.WebhookSecret, bench.Clock, stop)
            : null;
        var (ours, theirs) = (new List<LoadFigures>(), new List<LoadFigures>());
        for (var round = 0; round < bench.Options.Rounds(3); round++)
        {
            // In turns: what else the machine does meanwhile meets both.
            if (probot is not null)
                theirs.Add(await LoadAsync("probot", probot.Url, stage, stop));
            ours.Add(await LoadAsync("barcelona", stage.WebhookUrl, stage, stop));
        }

        return Figures(ours, theirs);
    }

    private IReadOnlyList<Figure> Figures(List<LoadFigures> ours, List<LoadFigures> theirs) =>
    [
        new("durable acknowledgements, 8 KB push, 32 connections", "1/s", [.. ours.Select(o => o.PerSecond)]) { Note = Refused(ours) },
        .. theirs.Count == 0
            ? [Figure.Skipped("the same by probot", bench.Options.ProbotMissing)]
            : (Figure[])
            [
                new("the same by probot, nothing stored", "1/s", [.. theirs.Select(t => t.PerSecond)]) { Note = Refused(theirs) },
                new("acknowledgements to probot's", "x", [.. ours.Zip(theirs, (o, t) => o.PerSecond / t.PerSecond)]) { Target = Target.From(1) },
                new("p99 of probot", "ms", [.. theirs.Select(t => t.P99)]),
            ],
        new("p99 of an acknowledgement", "ms", [.. ours.Select(o => o.P99)]) { Target = Target.Under(20) },
        new("slowest acknowledgement", "ms", [.. ours.Select(o => o.Slowest)]),
    ];

    private static string? Refused(IEnumerable<LoadFigures> rounds) =>
        rounds.Sum(r => r.NotAccepted) is > 0 and var count ? $"{count} not accepted" : null;

    private async Task<LoadFigures> LoadAsync(string name, Uri url, Stage stage, CancellationToken stop)
    {
        var seconds = bench.Options.Quick ? "5" : "10";
        var program = Environment.ProcessPath ?? throw new InvalidOperationException("This process has no path.");
        var printed = await ChildProcess.RunAsync(
            program,
            ["load", url.AbsoluteUri, seconds, Connections, stage.Host.GitHub.WebhookSecret],
            // The generator's one network thread does all of its work, and leaves the rest of the machine to the server.
            new Dictionary<string, string> { ["DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS"] = "1" },
            stop);
        bench.Say($"  {name} {printed.Trim()}");
        double[] figures = [.. printed.Split(' ').Select(figure => double.Parse(figure, CultureInfo.InvariantCulture))];
        return new(figures[0], figures[2], figures[3], (int)figures[4]);
    }

    private sealed record LoadFigures(double PerSecond, double P99, double Slowest, int NotAccepted);
}
