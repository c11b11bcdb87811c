using Barcelona.GitOps.Reconciliation.Acts;
using Barcelona.GitOps.Storage.History;
using Barcelona.GitOps.Tests.Scenarios.Checks;
using Barcelona.GitOps.Tests.Storage;
using Npgsql;

namespace Barcelona.GitOps.Tests.Scenarios.Acts;

public sealed class RollbackOnSqlite : RollbackScenarios;

public sealed class RollbackOnPostgreSql(PostgreSqlServer server) : RollbackScenarios
{
    private string? _connectionString;

    protected override StageOptions Options => new() { ConnectionString = _connectionString };

    public override async ValueTask InitializeAsync()
    {
        _connectionString = await server.CreateDatabaseAsync(Stop);
        await base.InitializeAsync();
    }

    protected override async Task LoseTablesAsync()
    {
        await using var source = NpgsqlDataSource.Create(_connectionString ?? "");
        await using var command = source.CreateCommand("""
            do $$
            declare lost record;
            begin
              for lost in select schemaname, tablename from pg_tables where schemaname not in ('pg_catalog', 'information_schema') loop
                execute format('drop table %I.%I cascade', lost.schemaname, lost.tablename);
              end loop;
            end $$
            """);
        await command.ExecuteNonQueryAsync(Stop);
    }
}

public abstract class RollbackScenarios : ActScenario
{
    [Fact]
    public async Task A_head_that_changed_nothing_after_the_bad_one_is_held_too()
    {
        var worse = Manifests.FixedImage.Replace("memory: 256", "memory: 512", StringComparison.Ordinal);
        await PushAndSettleAsync(Manifests.FixedImage);
        var bad = await PushAndSettleAsync(worse);
        var head = await PushAndSettleAsync(worse + "# words\n");
        await RollBackAsync();
        Assert.Equal(head, SentParameter("Hold"));
        var writes = Stage.Aws.Calls.Writes.Count;

        await Shop.RerequestAsync(Check(bad).Id, "somebody");
        await Stage.RunUntilQuietAsync();
        await Shop.RerequestAsync(Check(head).Id, "somebody");
        await Stage.RunUntilQuietAsync();

        Assert.Equal(("neutral", "neutral"), (NewestCheck(bad).Conclusion, NewestCheck(head).Conclusion));
        Assert.Empty(WritesAfter(writes));
    }

    [Fact]
    public async Task Of_two_tags_that_asked_for_the_same_both_are_held()
    {
        var stable = Manifests.WithFixedImage(Manifests.Tagged);
        var worse = stable.Replace("memory: 256", "memory: 512", StringComparison.Ordinal);
        var commits = new List<string>();
        foreach (var (version, file) in new[] { ("v0.9.0", stable), ("v1.0.0", worse), ("v1.1.0", worse + "# words\n") })
        {
            commits.Add(await PushAndSettleAsync(file));
            await Shop.TagAsync(version, commits[^1]);
            await Stage.RunUntilQuietAsync();
        }

        await RollBackAsync();
        Assert.Equal(commits[2], SentParameter("Hold"));
        var writes = Stage.Aws.Calls.Writes.Count;
        foreach (var bad in commits.Skip(1))
        {
            await Shop.RerequestAsync(NewestCheck(bad).Id, "somebody");
            await Stage.RunUntilQuietAsync();
            Assert.Equal("neutral", NewestCheck(bad).Conclusion);
        }

        Assert.Empty(WritesAfter(writes));
    }

    [Fact]
    public async Task From_a_bad_deploy_back_and_on_again()
    {
        var good = await PushAndSettleAsync(Manifests.Shop);
        var bad = await PushAndSettleAsync(Manifests.Shop.Replace("memory: 256", "memory: 512", StringComparison.Ordinal));
        Assert.Equal([$"acme/shop:{bad}"], await Serving.ImagesBehindAsync(Stage, "web"));

        await RollBackAsync();

        Assert.Equal([$"acme/shop:{good}"], await Serving.ImagesBehindAsync(Stage, "web"));
        Assert.Equal((good, bad, "3"), (SentParameter("Commit"), SentParameter("Hold"), SentParameter("Release")));
        var check = RollbackCheck(bad);
        Assert.Equal(("success", $"Rolled default/shop back to release 1, {good[..7]}"), (check.Conclusion, check.Title));
        Assert.Contains("not ours to", check.Summary, StringComparison.Ordinal);
        Assert.Contains($"/acme/shop/commit/{bad}", check.Summary, StringComparison.Ordinal);
        Assert.Contains(Stage.Registry.Deployed($"acme/shop:{bad}"), check.Text, StringComparison.Ordinal);
        Assert.Equal((good, "success"), (Shop.Deployments[^1].Sha, Shop.Deployments[^1].Statuses[^1].State));
        Assert.StartsWith("Release 3: ", Shop.Deployments[^1].Statuses[^1].Description, StringComparison.Ordinal);
        Assert.Equal([1, null, null], (await ReleasesAsync()).Select(r => r.OfRelease));
        Assert.Equal("success", Check(bad).Conclusion);

        // The bad commit, asked for again, by a person and by the sweep.
        var writes = Stage.Aws.Calls.Writes.Count;
        await Shop.RerequestAsync(Check(bad).Id, "somebody");
        await Stage.RunUntilQuietAsync();
        Assert.Equal(("neutral", "Held: it was rolled back from"), (NewestCheck(bad).Conclusion, NewestCheck(bad).Title));
        Assert.Contains("barcelona rollback default/shop --to N", NewestCheck(bad).Summary, StringComparison.Ordinal);
        await Stage.SweepAsync();
        Assert.Empty(WritesAfter(writes));

        await LoseDatabaseAsync();
        await Shop.RerequestSuiteAsync(bad, "somebody");
        await Stage.SweepAsync();
        await Shop.CommitAsync("docs", new Dictionary<string, string> { ["README"] = "words" }, "Say more");
        await Stage.RunUntilQuietAsync();
        await Stage.SweepAsync();
        Assert.Empty(WritesAfter(writes));
        Assert.Equal("neutral", NewestCheck(bad).Conclusion);

        var mended = await PushAndSettleAsync(Manifests.Shop + "# mended\n");

        Assert.Equal("success", Check(mended).Conclusion);
        Assert.Equal([$"acme/shop:{mended}"], await Serving.ImagesBehindAsync(Stage, "web"));
        Assert.Equal((null, "4"), (SentParameter("Hold"), SentParameter("Release")));
    }

    [Fact]
    public async Task A_deploy_that_failed_is_rolled_back_from_by_a_hold_alone()
    {
        var good = await PushAndSettleAsync(Manifests.Shop);
        OnlyHealthy(good);
        var bad = await PushAndSettleAsync(Manifests.Shop + "# bad\n");
        Assert.Equal("failure", Check(bad).Conclusion);
        var registered = Stage.Aws.Calls.Of("ecs", "RegisterTaskDefinition").Count;

        await RollBackAsync();

        Assert.Equal("success", RollbackCheck(bad).Conclusion);
        Assert.Equal(bad, SentParameter("Hold"));
        Assert.Equal(registered, Stage.Aws.Calls.Of("ecs", "RegisterTaskDefinition").Count);
        Assert.Equal([$"acme/shop:{good}"], await Serving.ImagesBehindAsync(Stage, "web"));

        var writes = Stage.Aws.Calls.Writes.Count;
        await Stage.GitHub.RedeliverAsync(Stage.GitHub.Deliveries.Last(d => d.Event == "push"));
        await Shop.RerequestSuiteAsync(bad, "somebody");
        await Stage.RunUntilQuietAsync();
        Assert.Equal("neutral", NewestCheck(bad).Conclusion);
        Assert.Empty(WritesAfter(writes));
    }

    [Fact]
    public async Task Going_back_once_more_goes_further_back_and_its_own_release_takes_the_hold_away()
    {
        var first = await PushAndSettleAsync(Manifests.Shop);
        var second = await PushAndSettleAsync(Manifests.Shop + "# 2\n");
        var third = await PushAndSettleAsync(Manifests.Shop + "# 3\n");

        await RollBackAsync();
        Assert.Equal([$"acme/shop:{second}"], await Serving.ImagesBehindAsync(Stage, "web"));
        await RollBackAsync();
        Assert.Equal([$"acme/shop:{first}"], await Serving.ImagesBehindAsync(Stage, "web"));
        Assert.Equal(third, SentParameter("Hold"));
        var nothing = await Assert.ThrowsAsync<RefusedActException>(() => Get<Rollbacks>().FindAsync(Target, to: null, Stop));
        Assert.Contains("nothing to roll back to. There are 5, 4, 3, 2, 1", nothing.Message, StringComparison.Ordinal);

        await RollBackAsync(to: 3);

        Assert.Equal([$"acme/shop:{third}"], await Serving.ImagesBehindAsync(Stage, "web"));
        Assert.Equal((null, "6"), (SentParameter("Hold"), SentParameter("Release")));
    }

    [Fact]
    public async Task Asked_for_during_a_deploy_it_wins_and_a_push_that_comes_later_has_its_turn_after_it()
    {
        var good = await PushAndSettleAsync(Manifests.Shop);
        var bad = await PushAsync(Manifests.Shop + "# bad\n");
        await Stage.RunForAsync(TimeSpan.FromSeconds(5));
        Assert.Equal("in_progress", Check(bad).Status);

        await AskRollbackAsync(to: 1);
        await Stage.RunDueAsync();
        Assert.Equal(("cancelled", $"Superseded by {good[..7]}"), (Check(bad).Conclusion, Check(bad).Title));

        // A second word of the bad commit is no newer wish.
        await Shop.RerequestAsync(Check(bad).Id, "somebody");
        await Stage.RunUntilQuietAsync();
        Assert.Equal("success", RollbackCheck(bad).Conclusion);
        Assert.Equal([$"acme/shop:{good}"], await Serving.ImagesBehindAsync(Stage, "web"));

        await AskRollbackAsync(to: 2);
        await Stage.RunDueAsync();
        var newest = await PushAndSettleAsync(Manifests.Shop + "# newest\n");
        Assert.Equal("success", RollbackCheck(bad).Conclusion);
        Assert.Equal([$"acme/shop:{newest}"], await Serving.ImagesBehindAsync(Stage, "web"));
        Assert.Equal((newest, null), (SentParameter("Commit"), SentParameter("Hold")));
    }

    [Fact]
    public async Task A_secret_goes_back_to_the_version_that_the_release_had_or_the_rollback_says_that_it_is_gone()
    {
        var manifest = Manifests.FixedImage.Replace(
            "    services:", "    environment: {KEY: {secret: shop/key}}\n    services:", StringComparison.Ordinal);
        Stage.Aws.SeedSecret("barcelona/default/shop/key", "old");
        await PushAndSettleAsync(manifest);
        var before = Assert.Single(await ReleasesAsync()).Secrets;
        Stage.Aws.SeedSecret("barcelona/default/shop/key", "new");
        Stage.Aws.SeedSecret("barcelona/default/shop/key", "newer");
        var bad = await PushAndSettleAsync(manifest + "# bad\n");
        Assert.NotEqual(before, (await ReleasesAsync())[0].Secrets);

        await RollBackAsync();

        Assert.Equal("success", RollbackCheck(bad).Conclusion);
        Assert.Equal(before, (await ReleasesAsync())[0].Secrets);

        Stage.Aws.SeedSecret("barcelona/default/shop/key", "newest");
        await PushAndSettleAsync(manifest + "# more\n");
        Stage.Aws.ForgetSecretVersions("barcelona/default/shop/key");
        var writes = Stage.Aws.Calls.Writes.Count;
        await RollBackAsync(to: 1);

        var refused = Shop.CheckRuns.Last(c => c.Name == "barcelona/rollback/production");
        Assert.Equal("failure", refused.Conclusion);
        Assert.Contains("no longer has the version", refused.Title, StringComparison.Ordinal);
        Assert.Contains("BCN730", Assert.Single(refused.Annotations).Title, StringComparison.Ordinal);
        Assert.Empty(WritesAfter(writes));
    }

    [Fact]
    public async Task What_the_database_has_lost_is_counted_on_and_found_again()
    {
        await PushAndSettleAsync(Manifests.FixedImage);
        await PushAndSettleAsync(Manifests.FixedImage.Replace("memory: 256", "memory: 512", StringComparison.Ordinal));
        await LoseDatabaseAsync();
        var writes = Stage.Aws.Calls.Writes.Count;
        var same = await PushAndSettleAsync(Manifests.FixedImage.Replace("memory: 256", "memory: 512", StringComparison.Ordinal) + "# words\n");

        Assert.Equal("success", Check(same).Conclusion);
        Assert.Empty(WritesAfter(writes));
        var found = Assert.Single(await ReleasesAsync());
        Assert.Equal((2, "found", RunState.Succeeded), (found.Number, found.Reason, found.State));

        await PushAndSettleAsync(Manifests.FixedImage);
        Assert.Equal("3", SentParameter("Release"));
    }

    [Fact]
    public async Task A_tag_that_was_rolled_back_from_is_held_and_a_higher_one_ends_it()
    {
        var sha = await PushAndSettleAsync(Manifests.Tagged);
        await Shop.TagAsync("v1.0.0", sha);
        await Stage.RunUntilQuietAsync();
        var bad = await PushAndSettleAsync(Manifests.Tagged + "# bad\n");
        await Shop.TagAsync("v1.1.0", bad);
        await Stage.RunUntilQuietAsync();

        await RollBackAsync();
        Assert.Equal(("refs/tags/v1.0.0", bad), (SentParameter("Ref"), SentParameter("Hold")));
        await Shop.RerequestAsync(Check(bad).Id, "somebody");
        await Stage.RunUntilQuietAsync();
        Assert.Equal("neutral", NewestCheck(bad).Conclusion);

        var mended = await PushAndSettleAsync(Manifests.Tagged + "# mended\n");
        await Shop.TagAsync("v1.2.0", mended);
        await Stage.RunUntilQuietAsync();
        Assert.Equal(("success", null), (Check(mended).Conclusion, SentParameter("Hold")));
    }

    /// <summary>The service is stopped meanwhile.</summary>
    protected virtual Task LoseTablesAsync()
    {
        Stage.LoseDatabase();
        return Task.CompletedTask;
    }

    private async Task LoseDatabaseAsync()
    {
        await Stage.StopServiceAsync();
        await LoseTablesAsync();
        await Stage.StartServiceAsync();
        Assert.Empty(await ReleasesAsync());
    }

    [Fact]
    public async Task It_goes_back_over_a_rename_of_every_service()
    {
        var jobs = Manifests.Worker.Replace("name: worker", "name: jobs", StringComparison.Ordinal);
        var first = await PushAndSettleAsync(Manifests.Worker);
        await PushAndSettleAsync(Manifests.Worker + "      - {name: jobs, memory: 256, command: bin/work}\n");
        var renamed = await PushAndSettleAsync(jobs);

        await RollBackAsync(to: 1);

        Assert.Equal("success", RollbackCheck(renamed).Conclusion);
        Assert.Equal([("worker", $"acme/shop:{first}")], Serving.RunningImages(Stage).Select(s => (s.Key, Assert.Single(s.Value))));
    }
}
