using System.Diagnostics;
using System.Globalization;
using Barcelona.GitOps.Sandbox.Aws.Faults;
using Barcelona.GitOps.Tests.Storage;

namespace Barcelona.GitOps.Tests.Scenarios.Kills;

/// <summary>The process ends without notice, again and again, and whoever comes next carries on: nothing is lost, nothing is done twice.</summary>
public sealed class KillScenarios(PostgreSqlServer server, ITestOutputHelper output)
{
    private const int Kills = 10, MostSteps = 14;

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("SQLite")]
    [InlineData("PostgreSQL")]
    [Trait("Category", "Long")]
    public async Task Killed_ten_times_a_deploy_ends_as_if_nothing_had_happened(string database)
    {
        var random = Seeded();
        await using var stage = await KillStage.SetAsync(new() { ConnectionString = await ConnectionStringAsync(database) }, Stop);
        await stage.StartAndWaitAsync(Stop);
        var sha = await PushAsync(stage);

        for (var kill = 1; kill <= Kills; kill++)
        {
            // By what it has done, so that a slow machine is hit in mid-deploy too, and then somewhere between two steps.
            var (before, steps) = (stage.Steps, random.Next(1, MostSteps));
            await stage.UntilAsync(() => stage.Steps >= before + steps || IsOver(stage), $"{steps} more steps", Stop);
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(0, 50)), TimeProvider.System, Stop);
            output.WriteLine($"kill {kill}: {Progress(stage)}");
            await stage.KillAsync(Stop);
            stage.Start();
        }

        await stage.BecomesReadyAsync(Stop);
        var resumed = Stopwatch.GetTimestamp();
        await DeployedAsync(stage);
        output.WriteLine($"deployed {Stopwatch.GetElapsedTime(resumed).TotalSeconds:0.0} s after the last start");
        await AssertOnceAsync(stage, sha);
    }

    [Theory]
    [InlineData("SQLite")]
    [InlineData("PostgreSQL")]
    public async Task Told_to_stop_in_mid_deploy_it_gives_its_work_back_and_the_next_one_finishes_it(string database)
    {
        // Nobody waits that long: only a lease that was given back lets the next one go on.
        await using var stage = await KillStage.SetAsync(
            new() { ConnectionString = await ConnectionStringAsync(database), Lease = TimeSpan.FromMinutes(5) }, Stop);
        await stage.StartAndWaitAsync(Stop);
        // The first stack's creation gets no answer, so that the order to stop finds a pass at work.
        var held = new TaskCompletionSource();
        stage.Sandbox.Aws.Faults.TimeOut(new FaultMatch("cloudformation", "CreateStack") { When = _ => held.TrySetResult() });
        var sha = await PushAsync(stage);
        await stage.UntilAsync(() => held.Task.IsCompleted, "the first stack", Stop);

        var told = Stopwatch.GetTimestamp();
        var exitCode = await stage.TerminateAsync(Grace, Stop);
        output.WriteLine($"exit code {exitCode} after {Stopwatch.GetElapsedTime(told).TotalSeconds:0.0} s");
        Assert.Contains(exitCode, (int[])[0, 143]);

        await stage.StartAndWaitAsync(Stop);
        var next = Stopwatch.GetTimestamp();
        await DeployedAsync(stage);
        output.WriteLine($"deployed {Stopwatch.GetElapsedTime(next).TotalSeconds:0.0} s after the next start");
        await AssertOnceAsync(stage, sha);
    }

    private static Task<string> PushAsync(KillStage stage) =>
        stage.Shop.CommitAsync("main", new Dictionary<string, string> { ["barcelona.yml"] = Manifests.Shop }, "Change barcelona.yml");

    private static Task DeployedAsync(KillStage stage) => stage.UntilAsync(() => IsOver(stage), "a verdict", Stop);

    private static bool IsOver(KillStage stage) =>
        stage.Shop.CheckRuns is [_, ..] checks && checks.All(c => c.Status == "completed")
        && stage.Shop.Deployments is [_, ..] deployments && deployments.All(d => d.Statuses is [.., { State: "success" or "failure" }]);

    private static async Task AssertOnceAsync(KillStage stage, string sha)
    {
        await stage.UntilCalmAsync(Stop);
        var check = Assert.Single(stage.Shop.CheckRuns);
        Assert.Equal(("barcelona/production", sha, "completed", "success"), (check.Name, check.HeadSha, check.Status, check.Conclusion));
        var deployment = Assert.Single(stage.Shop.Deployments);
        Assert.Equal(("production", sha, "success"), (deployment.Environment, deployment.Sha, deployment.Statuses[^1].State));
        Assert.Equal(["default--shop--web", "default--shop--worker"], Answered(stage, "ecs", "RegisterTaskDefinition", "family"));
        Assert.Equal(
            ["barcelona-app--default--shop", "barcelona-heritage--default--shop"], Answered(stage, "cloudformation", "CreateStack", "StackName"));
        Assert.Empty(GitHubContract.Violations(stage.Sandbox.GitHub.Requests));
    }

    private static IEnumerable<string?> Answered(KillStage stage, string service, string operation, string parameter) =>
        stage.Sandbox.Aws.Calls.Of(service, operation)
            .Where(c => c.StatusCode == 200)
            .Select(c => (string?)c.Request[parameter])
            .Order(StringComparer.Ordinal);

    private static string Progress(KillStage stage) => string.Join(
        ", ",
        [
            $"{stage.Steps} steps",
            .. stage.Shop.CheckRuns.Select(c => $"check {c.Status}"),
            .. stage.Sandbox.Aws.Calls.Writes.Select(c => c.ToString()),
        ]);

    /// <summary>The same kills again: <c>BARCELONA_KILL_SEED</c>. How far the service has come by then is the machine's affair.</summary>
    private Random Seeded()
    {
        var wanted = Environment.GetEnvironmentVariable("BARCELONA_KILL_SEED");
        var seed = int.TryParse(wanted, CultureInfo.InvariantCulture, out var given) ? given : Random.Shared.Next();
        output.WriteLine($"BARCELONA_KILL_SEED={seed}");
        return new Random(seed);
    }

    private async Task<string?> ConnectionStringAsync(string database) => database == "PostgreSQL" ? await server.CreateDatabaseAsync(Stop) : null;
}
