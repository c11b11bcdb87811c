using Barcelona.GitOps.Reconciliation.Acts;
using Barcelona.GitOps.Sandbox.Aws.Faults;
using Barcelona.GitOps.Storage.History;
using Barcelona.GitOps.Tests.Scenarios.Checks;

namespace Barcelona.GitOps.Tests.Scenarios.Acts;

public sealed class RestartScenarios : ActScenario
{
    [Fact]
    public async Task A_restart_rolls_every_service_once_and_planning_afterwards_finds_nothing()
    {
        var sha = await PushAndSettleAsync(Manifests.Shop);

        await RestartAsync();

        Assert.Equal(("success", "Restarted the services of default/shop"), (NewestCheck(sha).Conclusion, NewestCheck(sha).Title));
        Assert.Equal(4, Stage.Aws.Calls.Of("ecs", "RegisterTaskDefinition").Count);
        Assert.Equal("2", SentParameter("Release"));
        await AssertQuietAsync(sha);
    }

    [Fact]
    public async Task One_service_alone_is_restarted_and_the_next_deploy_keeps_its_mark()
    {
        await PushAndSettleAsync(Manifests.FixedImage);

        await RestartAsync("worker");

        Assert.Equal(3, Stage.Aws.Calls.Of("ecs", "RegisterTaskDefinition").Count);
        Assert.StartsWith("worker=", SentParameter("Restarts"), StringComparison.Ordinal);
        await AssertQuietAsync(await PushAndSettleAsync(Manifests.FixedImage + "# words\n"));
    }

    [Fact]
    public async Task A_secret_that_was_given_a_new_value_arrives()
    {
        Stage.Aws.SeedSecret("barcelona/default/shop/key", "old");
        await PushAndSettleAsync(
            Manifests.Shop.Replace("    services:", "    environment: {KEY: {secret: shop/key}}\n    services:", StringComparison.Ordinal));
        var before = (await ReleasesAsync())[0].Secrets;
        var old = await CurrentVersionAsync();
        Stage.Aws.SeedSecret("barcelona/default/shop/key", "new");
        var current = await CurrentVersionAsync();
        Assert.NotEqual(old, current);

        await RestartAsync();

        Assert.NotEqual(before, (await ReleasesAsync())[0].Secrets);
        Assert.Contains(current, (await ReleasesAsync())[0].Secrets, StringComparison.Ordinal);
        var registered = Stage.Aws.Calls.Of("ecs", "RegisterTaskDefinition")
            .Select(c => VersionIn((string?)c.Request["containerDefinitions"]?[0]?["secrets"]?[0]?["valueFrom"]));
        Assert.Equal([old, old, current, current], registered);
        Assert.Equal(["web", "worker"], Serving.RunningImages(Stage).Keys.Order(StringComparer.Ordinal));
        foreach (var running in Stage.Aws.SeenServices.SelectMany(s => s.RunningDefinitions))
        {
            var definition = await Serving.Session(Stage).Ecs.DescribeTaskDefinitionAsync(new() { TaskDefinition = running }, Stop);
            var secret = Assert.Single(definition.TaskDefinition.ContainerDefinitions[0].Secrets);
            Assert.Equal(("KEY", current), (secret.Name, VersionIn(secret.ValueFrom)));
        }
    }

    [Fact]
    public async Task A_restart_of_what_was_rolled_back_to_keeps_the_hold()
    {
        var good = await PushAndSettleAsync(Manifests.Shop);
        var bad = await PushAndSettleAsync(Manifests.Shop + "# bad\n");
        await RollBackAsync();

        await RestartAsync();

        Assert.Equal((good, bad, "4"), (SentParameter("Commit"), SentParameter("Hold"), SentParameter("Release")));
        await RollBackAsync(to: 2);
        Assert.Equal((bad, null), (SentParameter("Commit"), SentParameter("Hold")));
    }

    /// <summary>Whoever began it was overtaken by a commit that was then refused: nobody was left to see it come up.</summary>
    [Fact]
    public async Task What_came_to_run_unseen_is_not_undone_by_a_restart()
    {
        await PushAndSettleAsync(Manifests.Shop);
        var unseen = await PushAsync(Manifests.Shop + "# unseen\n");
        await Stage.RunUntilAsync(() => Stage.Aws.Calls.Of("cloudformation", "UpdateStack").Count > 0);
        Stage.Aws.Faults.Error(
            new FaultMatch("cloudformation", "DescribeStacks") { Times = 1_000 },
            "ExpiredToken",
            "The security token included in the request is expired");
        await Stage.RunForAsync(TimeSpan.FromMinutes(40));
        Stage.Aws.Faults.Clear();
        Assert.Equal("failure", NewestCheck(unseen).Conclusion);
        Assert.Contains("What AWS has begun goes on", NewestCheck(unseen).Summary, StringComparison.Ordinal);

        var first = await RestartAsync();
        Assert.Equal((RunState.Rejected, "Release 2 runs, and not release 1, which was the last on record. Restart once more."), (first.State, first.Cause));
        Assert.Single(Stage.Aws.Calls.Of("cloudformation", "UpdateStack"));

        Assert.Equal(RunState.Succeeded, (await RestartAsync()).State);
        Assert.Equal((unseen, "3"), (SentParameter("Commit"), SentParameter("Release")));
    }

    [Fact]
    public async Task What_cannot_be_restarted_is_said()
    {
        var restarts = Get<Restarts>();
        var nothing = await Assert.ThrowsAsync<RefusedActException>(() => restarts.StartAsync(Target, service: null, Asker(), Stop));
        Assert.Contains("nothing to restart", nothing.Message, StringComparison.Ordinal);

        await PushAndSettleAsync(Manifests.Shop);
        var unknown = await Assert.ThrowsAsync<RefusedActException>(() => restarts.StartAsync(Target, "wrker", Asker(), Stop));
        Assert.Equal("default/shop has no service 'wrker'; it has web, worker.", unknown.Message);

        await PushAsync(Manifests.Shop + "# more\n");
        await Stage.RunDueAsync();
        var busy = await Assert.ThrowsAsync<RefusedActException>(() => restarts.StartAsync(Target, service: null, Asker(), Stop));
        Assert.Contains("is being deployed", busy.Message, StringComparison.Ordinal);
        await Stage.RunUntilQuietAsync();
    }

    private async Task<Run> RestartAsync(string? service = null)
    {
        var run = await Get<Restarts>().StartAsync(Target, service, Asker(), Stop);
        await Stage.RunUntilQuietAsync();
        return await Get<Runs>().GetAsync(run.Id, Stop) ?? throw new InvalidOperationException("The run is gone.");
    }

    /// <summary>Also with an empty database.</summary>
    private async Task AssertQuietAsync(string sha)
    {
        await Stage.StopServiceAsync();
        Stage.LoseDatabase();
        await Stage.StartServiceAsync();
        var writes = Stage.Aws.Calls.Writes.Count;
        await Shop.RerequestSuiteAsync(sha, "somebody");
        await Stage.GitHub.RedeliverAsync(Stage.GitHub.Deliveries.Last(d => d.Event == "push"));
        await Stage.RunUntilQuietAsync();
        Assert.Equal("success", NewestCheck(sha).Conclusion);
        Assert.Empty(WritesAfter(writes));
    }

    private async Task<string> CurrentVersionAsync() =>
        (await Serving.Session(Stage).SecretsManager.GetSecretValueAsync(new() { SecretId = "barcelona/default/shop/key" }, Stop)).VersionId;

    /// <summary><c>arn:…:secret:name-6chars:json-key:version-stage:version-id</c>.</summary>
    private static string VersionIn(string? valueFrom) => (valueFrom ?? "").Split(':')[^1];
}
