using Barcelona.GitOps.Storage.Work;
using Barcelona.GitOps.Tests.Scenarios.Checks;
using Barcelona.GitOps.Tests.Scenarios.Crashes;
using Microsoft.Extensions.DependencyInjection;

namespace Barcelona.GitOps.Tests.Scenarios.Images;

/// <summary>Which image a run deploys is decided once: wherever its tag moves, and whoever dies.</summary>
public sealed class MovingImageScenarios : Scenario
{
    [Fact]
    public async Task A_tag_that_moves_moves_nothing_until_another_commit_is_pushed()
    {
        var first = await PushAndSettleAsync(Manifests.FixedImage);
        var before = Stage.Registry.Deployed("acme/shop:stable");
        var writes = Stage.Aws.Calls.Writes.Count;
        Stage.Registry.Push("acme/shop:stable", "newer");

        await Stage.SweepAsync();
        Assert.Equal(writes, Stage.Aws.Calls.Writes.Count);

        var second = await PushAndSettleAsync(Manifests.FixedImage + "# again\n");
        var after = Stage.Registry.Deployed("acme/shop:stable");
        Assert.NotEqual(before, after);
        Assert.Equal(("success", "success"), (Check(first).Conclusion, Check(second).Conclusion));
        Assert.Equal(after.Split('@')[1], StackParameters.Of(Stage.Aws.Calls.Writes, "barcelona-app--default--shop")["ImageDigest"]);
    }

    [Fact]
    public async Task Whoever_re_runs_a_deploy_gets_what_the_tag_stands_for_now()
    {
        var sha = await PushAndSettleAsync(Manifests.FixedImage);
        Stage.Registry.Push("acme/shop:stable", "newer");

        await Shop.RerequestAsync(Check(sha).Id, "maintainer");
        await Stage.RunUntilQuietAsync();

        Assert.Equal(
            Stage.Registry.Deployed("acme/shop:stable").Split('@')[1],
            StackParameters.Of(Stage.Aws.Calls.Writes, "barcelona-app--default--shop")["ImageDigest"]);
    }

    [Fact]
    public async Task A_re_run_of_an_image_that_is_gone_from_its_registry_keeps_what_runs()
    {
        var sha = await PushAndSettleAsync(Manifests.Shop);
        var writes = Stage.Aws.Calls.Writes.Count;
        Stage.Registry.Hold("acme/shop:*");

        await Shop.RerequestAsync(Check(sha).Id, "maintainer");
        await Stage.RunUntilQuietAsync();

        Assert.Equal(["success", "success"], Shop.CheckRuns.Select(c => c.Conclusion));
        Assert.Equal(writes, Stage.Aws.Calls.Writes.Count);
    }

    [Fact]
    public async Task The_database_lost_the_same_commit_writes_nothing_and_asks_no_registry_though_the_tag_has_moved()
    {
        var sha = await PushAndSettleAsync(Manifests.FixedImage);
        var (writes, asked) = (Stage.Aws.Calls.Writes.Count, Stage.Registry.Requests.Count);
        Stage.Registry.Push("acme/shop:stable", "newer");
        await Stage.StopServiceAsync();
        Stage.LoseDatabase();
        await Stage.StartServiceAsync();

        await Stage.GitHub.RedeliverAsync(Stage.GitHub.Deliveries.First(d => d.Event == "push"));
        await Stage.RunUntilQuietAsync();

        Assert.Equal(["success", "success"], Shop.CheckRuns.Where(c => c.HeadSha == sha).Select(c => c.Conclusion));
        Assert.Equal((writes, asked), (Stage.Aws.Calls.Writes.Count, Stage.Registry.Requests.Count));
    }

    [Fact]
    public async Task A_newer_commit_takes_over_from_one_that_waits()
    {
        Stage.Registry.Hold("acme/shop:*");
        var first = await PushAsync(Manifests.Shop);
        await Stage.RunForAsync(TimeSpan.FromMinutes(2));
        var second = await PushAsync(Manifests.Shop + "# again\n");
        await Stage.RunDueAsync();
        Assert.Equal(("cancelled", $"Superseded by {second[..7]}"), (Check(first).Conclusion, Check(first).Title));

        // Too late: nobody wants it any more.
        Stage.Registry.Push($"acme/shop:{first}");
        await Stage.RunForAsync(TimeSpan.FromMinutes(2));
        Assert.Empty(Stage.Aws.Calls.Writes);

        Stage.Registry.Push($"acme/shop:{second}");
        await Stage.RunUntilQuietAsync();
        Assert.Equal("success", Check(second).Conclusion);
        Assert.Equal([$"acme/shop:{second}"], await Serving.ImagesBehindAsync(Stage, "web"));
    }

    [Fact]
    public async Task A_worker_that_dies_at_its_look_is_followed_by_one_that_goes_on_waiting()
    {
        Stage.Registry.Hold("acme/shop:*");
        await Stage.StopServiceAsync();
        var undisturbed = new WorkerLife();
        await Stage.StartServiceAsync(undisturbed);
        await PushAsync(Manifests.Shop);
        await Stage.RunForAsync(TimeSpan.FromMinutes(1));
        var look = undisturbed.Calls.Index().First(c => c.Item.What.StartsWith("registry ", StringComparison.Ordinal)).Index;
        await Stage.StopServiceAsync();

        await Stage.StartServiceAsync(new WorkerLife(new CrashPoint(look, Happened: true)));
        var second = await PushAsync(Manifests.Shop + "# again\n");
        await Assert.ThrowsAsync<WorkerDiedException>(() => Stage.RunForAsync(TimeSpan.FromMinutes(5)));
        Stage.DropService();
        Stage.Clock.Advance(TimeSpan.FromSeconds(11));
        await Stage.StartServiceAsync(new WorkerLife());
        await Stage.Services.GetRequiredService<Lanes>().ForgetQueuedAsync(cancellationToken: Stop);
        await Stage.RunForAsync(TimeSpan.FromMinutes(1));
        Assert.Empty(Stage.Aws.Calls.Writes);

        Stage.Registry.Push($"acme/shop:{second}");
        await Stage.RunUntilQuietAsync();
        Assert.Equal("success", Check(second).Conclusion);
    }
}
