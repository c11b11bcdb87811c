using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.Faults;
using Barcelona.GitOps.Sandbox.GitHub;
using Barcelona.GitOps.Storage;
using Barcelona.GitOps.Storage.Work;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Barcelona.GitOps.Tests.Scenarios.Crashes;

/// <summary>A worker that slept through its lease: somebody else has its target, and what it still writes would be written twice.</summary>
public sealed class StaleWorkerScenarios : Scenario
{
    [Fact]
    public async Task Who_has_lost_the_lease_registers_no_task_definition()
    {
        // Once for each of two plans, and then to see whether there is an equal revision: the last look before the write.
        var looks = 0;
        var (lanes, taken) = await OvertakenAsync(
            Manifests.Shop,
            "DescribeTaskDefinition",
            request => (string?)request["taskDefinition"] == "default--shop--web" && ++looks == 3);
        Assert.Empty(Stage.Aws.Calls.Of("ecs", "RegisterTaskDefinition"));

        await lanes.ReleaseAsync(taken, new LaneResult.Again(Stage.Clock.GetUtcNow()), Stop);
        await Stage.RunUntilQuietAsync();
        Assert.Equal(
            ["default--shop--web", "default--shop--worker"],
            Stage.Aws.Calls.Of("ecs", "RegisterTaskDefinition").Select(c => (string?)c.Request["family"]));
        Assert.Equal("success", Assert.Single(Shop.CheckRuns).Conclusion);
    }

    [Fact]
    public async Task Who_has_lost_the_lease_starts_no_migration()
    {
        // What has ended is looked for after what goes on: the last look before the write.
        var (lanes, taken) = await OvertakenAsync(Manifests.Migrating, "ListTasks", request => (string?)request["desiredStatus"] == "STOPPED");
        Assert.Empty(Stage.Aws.Calls.Of("ecs", "RunTask"));

        await lanes.ReleaseAsync(taken, new LaneResult.Again(Stage.Clock.GetUtcNow()), Stop);
        await Stage.RunUntilQuietAsync();
        Assert.Single(Stage.Aws.OneOffTasks);
        Assert.Equal("success", Assert.Single(Shop.CheckRuns).Conclusion);
    }

    [Fact]
    public async Task Who_has_lost_the_lease_says_nothing_of_a_deployment()
    {
        Lease? taken = null;
        var lanes = OthersLanes();
        Stage.GitHub.Changed += change =>
        {
            if (change is CheckRunChanged { CheckRun.Status: "completed" })
            {
                taken ??= TakeOver(lanes);
            }
        };

        await PushAsync(Manifests.Shop);
        for (var second = 0; second < 120 && taken is null; second++)
        {
            await Stage.RunDueAsync();
            Stage.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.NotNull(taken);
        Assert.Equal(["in_progress"], Assert.Single(Shop.Deployments).Statuses.Select(s => s.State));

        await lanes.ReleaseAsync(taken, new LaneResult.Again(Stage.Clock.GetUtcNow()), Stop);
        await Stage.RunUntilQuietAsync();
        Assert.Equal(["in_progress", "success"], Assert.Single(Shop.Deployments).Statuses.Select(s => s.State));
    }

    /// <summary>Somebody else takes the lease when the worker makes such a call to ECS for the first time.</summary>
    private async Task<(Lanes Lanes, Lease Taken)> OvertakenAsync(string manifest, string operation, Func<JsonObject, bool> isLastLook)
    {
        Lease? taken = null;
        var lanes = OthersLanes();
        Stage.Aws.Faults.ServerError(new FaultMatch("ecs", operation)
        {
            When = request =>
            {
                if (taken is null && isLastLook(request))
                {
                    taken = TakeOver(lanes);
                }

                return false;
            },
        });

        await PushAsync(manifest);
        for (var second = 0; second < 120 && taken is null; second++)
        {
            await Stage.RunDueAsync();
            Stage.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.NotNull(taken);
        return (lanes, taken);
    }

    /// <summary>As another process sees them whose clock is ahead: every lease has run out.</summary>
    private Lanes OthersLanes() =>
        new(Stage.Services.GetRequiredService<Database>(), new FakeTimeProvider(Stage.Clock.GetUtcNow() + TimeSpan.FromHours(1)));

    private static Lease? TakeOver(Lanes lanes) => Task.Run(async () =>
    {
        foreach (var lane in await lanes.TakeDueAsync(10, DateTimeOffset.MaxValue, TimeSpan.Zero))
        {
            if (await lanes.TryLeaseAsync(lane, "another", TimeSpan.FromDays(1)) is { Kind: LaneKinds.Target } lease)
            {
                return lease;
            }
        }

        return null;
    }).GetAwaiter().GetResult();
}
