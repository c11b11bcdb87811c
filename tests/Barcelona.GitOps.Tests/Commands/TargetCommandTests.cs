using System.Text.RegularExpressions;
using Barcelona.GitOps.Tests.Scenarios;
using Barcelona.GitOps.Tests.Scenarios.Acts;
using Barcelona.GitOps.Tests.Scenarios.Checks;
using Barcelona.GitOps.Tests.Storage;

namespace Barcelona.GitOps.Tests.Commands;

public sealed class TargetCommandOnSqliteTests : TargetCommandTests;

public sealed class TargetCommandOnPostgreSqlTests(PostgreSqlServer server) : TargetCommandTests
{
    private string? _connectionString;

    protected override StageOptions Options => new() { ConnectionString = _connectionString };

    protected override string ConnectionString => _connectionString ?? "";

    public override async ValueTask InitializeAsync()
    {
        _connectionString = await server.CreateDatabaseAsync(Stop);
        await base.InitializeAsync();
    }
}

/// <summary>What is asked for on the command line, against the database of a service that runs.</summary>
public abstract partial class TargetCommandTests : ActScenario
{
    protected virtual string ConnectionString => $"Data Source={Path.Combine(Stage.Folder, "barcelona.db")}";

    [Fact]
    public async Task Releases_are_listed_rolled_back_to_and_restarted()
    {
        var good = await PushAndSettleAsync(Manifests.Shop);
        var bad = await PushAndSettleAsync(Manifests.Shop.Replace("memory: 256", "memory: 512", StringComparison.Ordinal));

        var listed = await RunAsync("releases", "default/shop");
        Assert.True(listed.Exit == 0, listed.Output);
        Assert.Equal(
            [
                "release when commit image who why state",
                $"* 2 TIME {bad[..7]} acme/shop:{bad} octocat push runs",
                $"1 TIME {good[..7]} acme/shop:{good} octocat push ran",
            ],
            Lines(listed.Output));

        var shown = await RunAsync("rollback", "default/shop");
        Assert.True(shown.Exit == 2, shown.Output);
        Assert.Contains($"Put back would be release 1, {good[..7]}, acme/shop:{good}.", shown.Output, StringComparison.Ordinal);
        var (from, to) = (Stage.Registry.Deployed($"acme/shop:{bad}"), Stage.Registry.Deployed($"acme/shop:{good}"));
        Assert.Contains($"containerDefinitions[worker].image: {from} → {to}", shown.Output, StringComparison.Ordinal);
        Assert.Contains("containerDefinitions[worker].memory: 512 → 256", shown.Output, StringComparison.Ordinal);
        Assert.Contains("Nothing was done.", shown.Output, StringComparison.Ordinal);
        Assert.Equal(2, (await ReleasesAsync()).Count);

        var done = await RunAsync("rollback", "default/shop", "--to", "1", "--yes", "--actor", "anna");
        Assert.True(done.Exit == 0, done.Output);
        Assert.Contains($"barcelona/rollback/production on {bad[..7]}", done.Output, StringComparison.Ordinal);
        await Stage.RunUntilQuietAsync();
        Assert.Equal([$"acme/shop:{good}"], await Serving.ImagesBehindAsync(Stage, "web"));
        Assert.Contains("anna", RollbackCheck(bad).Summary, StringComparison.Ordinal);

        var restarted = await RunAsync("restart", "default/shop", "web", "--actor", "anna");
        Assert.True(restarted.Exit == 0, restarted.Output);
        await Stage.RunUntilQuietAsync();
        listed = await RunAsync("releases", "default/shop");
        Assert.Equal(
            [$"* 4 TIME {good[..7]} acme/shop:{good} anna restart web runs", $"3 TIME {good[..7]} acme/shop:{good} anna rollback to 1 ran"],
            Lines(listed.Output)[1..3]);
    }

    [Fact]
    public async Task What_is_under_way_is_cancelled()
    {
        var sha = await PushAsync(Manifests.Shop);
        await Stage.RunDueAsync();

        var asked = await RunAsync("cancel", "default/shop", "--actor", "anna");

        Assert.True(asked.Exit == 0, asked.Output);
        Assert.Contains($"{sha[..7]}: is stopped at its next safe step", asked.Output, StringComparison.Ordinal);
        await Stage.RunUntilQuietAsync();
        Assert.Equal("cancelled", Check(sha).Conclusion);
    }

    [Fact]
    public async Task What_waits_for_approval_is_approved_by_its_commit()
    {
        var sha = await PushAndSettleAsync(Manifests.Shop.Replace(
            "district: default\n", "district: default\n    deploy: {approve: [acme/ops]}\n", StringComparison.Ordinal));

        var another = await RunAsync("approve", "default/shop", "0123456");
        Assert.True(another.Exit == 1, another.Output);
        Assert.Contains($"is {sha[..7]} of acme/shop, and not 0123456", another.Output, StringComparison.Ordinal);
        var approved = await RunAsync("approve", "default/shop", sha[..7], "--actor", "anna");
        Assert.True(approved.Exit == 0, approved.Output);
        await Stage.RunUntilQuietAsync();

        Assert.Equal("success", NewestCheck(sha).Conclusion);
    }

    [Theory]
    [InlineData("default/shop has no release 9 on record; there are 1.", "rollback", "default/shop", "--to", "9")]
    [InlineData("default/shop has no earlier release on record that ran", "rollback", "default/shop")]
    [InlineData("There is no target 'default/shpo'; there are default/shop.", "releases", "default/shpo")]
    [InlineData("Nothing is under way for default/shop", "cancel", "default/shop")]
    [InlineData("default/shop has no service 'job'; it has web, worker.", "restart", "default/shop", "job")]
    public async Task What_cannot_be_done_is_said(string expected, params string[] arguments)
    {
        await PushAndSettleAsync(Manifests.Shop);

        var (exit, output) = await RunAsync(arguments);

        Assert.Equal(1, exit);
        Assert.Contains(expected, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_database_than_the_service_has_is_said()
    {
        var (exit, output) = await new BarcelonaProcess(Stage.Sandbox.AwsUrl, Stage.Folder)
        {
            Settings = { ["Storage__ConnectionString"] = $"Data Source={Stage.Folder}/other.db" },
        }.RunAsync("releases", "default/shop");

        Assert.Equal(1, exit);
        Assert.Contains("The database has no tables of this service.", output, StringComparison.Ordinal);
    }

    private Task<(int Exit, string Output)> RunAsync(params string[] arguments) => new BarcelonaProcess(Stage.Sandbox.AwsUrl, Stage.Folder)
    {
        Settings = { ["Storage__ConnectionString"] = ConnectionString },
    }.RunAsync(arguments);

    private static string[] Lines(string output) =>
        [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => Spaces().Replace(Time().Replace(l, "TIME"), " ").Trim())];

    [GeneratedRegex(@"\d{4}-\d\d-\d\d \d\d:\d\dZ")]
    private static partial Regex Time();

    [GeneratedRegex(" +")]
    private static partial Regex Spaces();
}
