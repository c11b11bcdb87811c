using Barcelona.GitOps.Bench.Report;
using Barcelona.GitOps.Bench.Servers;

namespace Barcelona.GitOps.Bench.Measurements;

/// <summary>
/// Pushes by real git to the sandbox, and the service in a process of its own. Counted from the moment at which GitHub has the push and sends its
/// webhook. Besides: how many calls a first deploy, the next one and a push that changes nothing cost.
/// </summary>
internal sealed class PushToCheck(Workbench bench)
{
    public async Task<IReadOnlyList<Figure>> MeasureAsync(CancellationToken stop)
    {
        var connectionString = bench.Cluster is null ? null : await bench.Cluster.CreateDatabaseAsync(stop);
        await using var stage = await Stage.SetAsync(new(bench.Options.ServicePath) { ConnectionString = connectionString }, stop);
        var service = await stage.StartServiceAsync(bench.Clock, stop);

        var shop = await PushedRepository.CreateAsync(
            stage, "sinatra-demo", File.ReadAllText(Path.Combine(bench.Options.ExampleDirectory, "barcelona.yml")), stop);
        var first = await shop.PushAsync(bench.Clock, stop);
        var next = new List<ObservedPush>();
        for (var i = 0; i < bench.Options.Rounds(9) + 1; i++)
            next.Add(await shop.PushAsync(bench.Clock, stop));

        // The sandbox is warm by now: what is slower is the service, whose compiler has seen nothing yet of what a push needs.
        var cold = new List<ObservedPush>();
        for (var i = 0; i < bench.Options.Rounds(3); i++)
        {
            await service.DisposeAsync();
            service = await stage.StartServiceAsync(bench.Clock, stop);
            cold.Add(await shop.PushAsync(bench.Clock, stop));
        }

        var steady = await PushedRepository.CreateAsync(stage, "steady", Steady, stop);
        await steady.PushAsync(bench.Clock, stop);
        var noOps = new[] { await steady.PushAsync(bench.Clock, stop), await steady.PushAsync(bench.Clock, stop) };
        await service.DisposeAsync();
        return Figures(bench.Cluster is null ? "SQLite" : "PostgreSQL", first, cold, next, noOps);
    }

    private const string Steady = """
        environments:
          production:
            name: steady
            district: default
            image_name: acme/steady
            image_tag: stable
            services:
              - name: web
                service_type: web
                cpu: 32
                memory: 128
                command: bin/web
                listeners: [{endpoint: demo-endpoint, rule_conditions: [{type: path-pattern, value: "/steady/*"}]}]

        """;

    private static IReadOnlyList<Figure> Figures(
        string database, ObservedPush first, List<ObservedPush> cold, List<ObservedPush> next, ObservedPush[] noOps) =>
    [
        new($"push to first check run, {database}", "s", [.. next.Select(p => p.ToCheck)]) { Target = Target.Under(1) },
        new("the same, first push after a start", "s", [.. cold.Select(p => p.ToCheck)]) { Target = Target.Under(1) },
        new("push to first AWS write", "s", [.. next.Select(p => p.ToWrite).OfType<double>()]),
        new("the same, first push after a start", "s", [.. cold.Select(p => p.ToWrite).OfType<double>()]),
        new("push to verdict, of which most is the sandbox's AWS", "s", [.. next.Select(p => p.ToVerdict)]),
        .. Calls("first deploy of one service", [first]),
        .. Calls("next deploy, new image", next),
        .. Calls("push that changes nothing", noOps),
    ];

    private static IEnumerable<Figure> Calls(string what, IReadOnlyList<ObservedPush> pushes) =>
    [
        new($"AWS calls, {what}", "calls", [.. pushes.Select(p => (double)p.AwsCalls)]) { Note = $"{pushes[0].AwsWrites} writes" },
        new($"GitHub calls, {what}", "calls", [.. pushes.Select(p => (double)p.GitHubCalls)]) { Note = $"{pushes[0].GitHubWrites} writes" },
    ];
}
