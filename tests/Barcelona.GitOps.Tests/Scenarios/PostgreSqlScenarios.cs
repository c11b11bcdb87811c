using Barcelona.GitOps.Tests.Storage;

namespace Barcelona.GitOps.Tests.Scenarios;

/// <summary>The main path with the database of production. Its variations run on SQLite: the storage tests hold the two equal.</summary>
public sealed class PostgreSqlScenarios(PostgreSqlServer server) : Scenario
{
    private string? _connectionString;

    protected override StageOptions Options => new() { ConnectionString = _connectionString };

    public override async ValueTask InitializeAsync()
    {
        _connectionString = await server.CreateDatabaseAsync(Stop);
        await base.InitializeAsync();
    }

    [Fact]
    public async Task A_push_to_main_ends_in_running_services_and_a_green_check()
    {
        var sha = await PushAndSettleAsync(Manifests.Shop);

        Assert.Equal("success", Check(sha).Conclusion);
        Assert.Equal(["in_progress", "success"], Assert.Single(Shop.Deployments).Statuses.Select(s => s.State));
        Assert.Equal(2, Stage.Aws.Calls.Of("cloudformation", "CreateStack").Count);
    }

    [Fact]
    public async Task A_migration_runs_once_also_when_the_service_is_started_again_in_its_middle()
    {
        var sha = await PushAsync(Manifests.Migrating);
        await Stage.RunUntilAsync(() => Stage.Aws.OneOffTasks.Count > 0);
        await Stage.StopServiceAsync();
        await Stage.StartServiceAsync();
        await Stage.RunUntilQuietAsync();

        Assert.Equal("success", Check(sha).Conclusion);
        Assert.Contains("exit 0", Check(sha).Text, StringComparison.Ordinal);
        Assert.Single(Stage.Aws.OneOffTasks);
    }

    [Fact]
    public async Task A_second_push_of_the_same_content_writes_nothing_to_AWS()
    {
        await PushAndSettleAsync(Manifests.FixedImage);
        var before = Stage.Aws.Calls.Writes.Count;

        var sha = await PushAndSettleAsync(Manifests.FixedImage + "# words\n");

        Assert.Equal("success", Check(sha).Conclusion);
        Assert.Empty(Stage.Aws.Calls.Writes.Skip(before).Select(c => c.ToString()));
    }

    [Fact]
    public async Task A_redelivery_is_a_no_op()
    {
        var sha = await PushAndSettleAsync(Manifests.Shop);
        var (aws, github) = Writes();

        await Stage.GitHub.RedeliverAsync(Stage.GitHub.Deliveries.First(d => d.Event == "push"));
        await Stage.RunUntilQuietAsync();

        Assert.Equal("success", Check(sha).Conclusion);
        Assert.Equal((aws, github), Writes());
    }

    [Fact]
    public async Task Stopped_in_mid_deploy_and_started_again_the_service_goes_on_where_it_was()
    {
        var sha = await PushAsync(Manifests.Shop);
        await Stage.RunDueAsync();
        Assert.Equal("in_progress", Check(sha).Status);

        await Stage.StopServiceAsync();
        await Stage.StartServiceAsync();
        await Stage.RunUntilQuietAsync();

        Assert.Equal("success", Check(sha).Conclusion);
        Assert.Equal(2, Stage.Aws.Calls.Of("ecs", "RegisterTaskDefinition").Count);
        Assert.Equal(2, Stage.Aws.Calls.Of("cloudformation", "CreateStack").Count);
        Assert.Single(Shop.Deployments);
    }

    [Fact]
    public async Task Started_again_after_a_deploy_the_service_has_nothing_to_do()
    {
        var sha = await PushAndSettleAsync(Manifests.Shop);
        var before = Writes();

        await Stage.StopServiceAsync();
        await Stage.StartServiceAsync();
        await Stage.SweepAsync();

        Assert.Equal("success", Check(sha).Conclusion);
        Assert.Equal(before, Writes());
    }

    private (int Aws, int GitHub) Writes() => (Stage.Aws.Calls.Writes.Count, Stage.GitHub.Requests.Count(r => r.IsWrite));
}
