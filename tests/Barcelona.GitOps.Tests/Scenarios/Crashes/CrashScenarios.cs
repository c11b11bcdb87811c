namespace Barcelona.GitOps.Tests.Scenarios.Crashes;

/// <summary>
/// The worker dies at one of its calls, made or not, and another one starts when the lease has run out. The calls are those of a deploy that
/// nobody disturbs, so that a new one is a new point by itself.
/// </summary>
public sealed class CrashScenarios(ITestOutputHelper output)
{
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
        new CrashPlay(Manifests.Shop, Once).AtEachAsync(output, (number, call) => call.IsWrite || number % 10 == 0);

    /// <summary>All that is asked about tasks.</summary>
    [Fact]
    public Task Killed_at_any_call_about_its_task_a_migration_runs_once() => new CrashPlay(Manifests.Migrating, MigratedOnce).AtEachAsync(
        output, (_, call) => call.What.TrimEnd('s').EndsWith("Task", StringComparison.Ordinal));

    /// <summary>All that a deploy without a migration asks is among it.</summary>
    [Fact]
    [Trait("Category", "Long")]
    public Task Killed_at_any_call_of_a_deploy_a_migration_runs_once() =>
        new CrashPlay(Manifests.Migrating, MigratedOnce).AtEachAsync(output, (_, _) => true);
}
