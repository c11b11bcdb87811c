using System.Diagnostics;
using Barcelona.GitOps.Bench.Report;
using Barcelona.GitOps.Bench.Servers;
using Npgsql;

namespace Barcelona.GitOps.Bench.Measurements.Storm;

/// <summary>
/// 10,000 signed pushes to 100 repositories, each of which deploys one target, as fast as they are acknowledged; then until nothing is left to
/// do.
/// </summary>
internal sealed class StormMeasurement(Workbench bench)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(200);

    public async Task<IReadOnlyList<Figure>> MeasureAsync(CancellationToken stop)
    {
        if (bench.Cluster is null)
            return [Figure.Skipped("storm", PostgreSqlCluster.Missing ?? "")];

        var storms = new List<ObservedStorm>();
        for (var round = 0; round < bench.Options.Rounds(3); round++)
        {
            storms.Add(await RunAsync(await bench.Cluster.CreateDatabaseAsync(stop), stop));
            bench.Say($"  {storms[^1]}");
        }

        return Figures(storms);
    }

    private async Task<ObservedStorm> RunAsync(string connectionString, CancellationToken stop)
    {
        await using var stage = await Stage.SetAsync(new(bench.Options.ServicePath) { ConnectionString = connectionString }, stop);
        await using var service = await stage.StartServiceAsync(bench.Clock, stop);
        await using var source = NpgsqlDataSource.Create(connectionString + ";Maximum Pool Size=2");
        var ledger = new StormLedger(source);
        await ledger.WatchLeasesAsync(stop);
        var pushes = StormPushes.Prepare(stage);

        var started = Stopwatch.GetTimestamp();
        await pushes.SendAsync(stage.WebhookUrl, stop);
        var acknowledged = Stopwatch.GetElapsedTime(started).TotalSeconds;
        while (!await ledger.IsQuietAsync(stop))
        {
            if (Stopwatch.GetElapsedTime(started) > Patience)
                throw new TimeoutException(
                    $"The storm is not quiet after {Patience.TotalSeconds} s. The end of the service's log:\n{stage.LogEnd()}");
            await Task.Delay(LookAgain, bench.Clock, stop);
        }

        var quiet = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var memory = ProcessMemory.Of(service.Id);
        using var process = Process.GetProcessById(service.Id);
        return await ledger.ReadAsync(new ObservedStorm
        {
            Acknowledged = acknowledged,
            Quiet = quiet,
            Memory = memory.NowMiB,
            MemoryPeak = memory.PeakMiB,
            Processor = process.TotalProcessorTime.TotalSeconds,
            NotAccepted = pushes.NotAccepted,
            NotAtHead = pushes.NotAtHead(),
            BusyStacks = stage.Host.Aws.Calls.Count(call => call is { Service: "cloudformation", IsWrite: true, StatusCode: 400 }),
            ChecksLeftOpen = stage.Host.GitHub.Repositories.Sum(r => r.CheckRuns.Count(check => check.Status != "completed")),
            AwsCalls = stage.Host.Aws.Calls.Count,
            GitHubCalls = stage.Host.GitHub.Requests.All.Count,
        }, stop);
    }

    private static IReadOnlyList<Figure> Figures(List<ObservedStorm> storms)
    {
        Figure Of(string name, string unit, Func<ObservedStorm, double> value) => new(name, unit, [.. storms.Select(value)]);
        return
        [
            Of("storm of 10,000 pushes on 100 targets: acknowledged", "s", s => s.Acknowledged),
            Of("storm: quiet", "s", s => s.Quiet) with { Target = Target.Under(30) },
            Of("storm: processor time of the service since its start", "s", s => s.Processor),
            Of("storm: runs made, all but 100 of them superseded", "runs", s => s.Runs),
            Of("storm: two runs on one target at once", "cases", s => s.OverlappingRuns) with { Target = Target.Under(1) },
            Of("storm: leases taken from a pass that went on", "cases", s => s.LeasesTaken) with { Target = Target.Under(1) },
            Of("storm: writes to a busy stack", "cases", s => s.BusyStacks) with { Target = Target.Under(1) },
            Of("storm: not accepted, not at the head, not succeeded, check left open", "cases", s => s.Faults) with { Target = Target.Under(1) },
            Of("storm: GitHub calls", "calls", s => s.GitHubCalls),
            Of("storm: AWS calls", "calls", s => s.AwsCalls),
            Of("memory of the service after the storm", "MiB", s => s.Memory) with { Target = Target.Under(250) },
            Of("memory of the service at its peak", "MiB", s => s.MemoryPeak),
        ];
    }
}
