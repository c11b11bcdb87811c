using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.GitHub;

namespace Barcelona.GitOps.Tests.Scenarios.Crashes;

/// <summary>A worker that slept through its lease: somebody else has its target, and what it still writes would be written twice.</summary>
public sealed class StaleWorkerScenarios : Scenario
{
    [Fact]
    public async Task Who_has_lost_the_lease_registers_no_task_definition()
    {
        // Once for each of two plans, and then to see whether there is an equal revision: the last look before the write.
        var looks = 0;
        var another = await OvertakenAsync(
            Manifests.Shop,
            "DescribeTaskDefinition",
            request => (string?)request["taskDefinition"] == "default--shop--web" && ++looks == 3);
        Assert.Empty(Stage.Aws.Calls.Of("ecs", "RegisterTaskDefinition"));

        await another.GiveBackAsync();
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
        var another = await OvertakenAsync(Manifests.Migrating, "ListTasks", request => (string?)request["desiredStatus"] == "STOPPED");
        Assert.Empty(Stage.Aws.Calls.Of("ecs", "RunTask"));

        await another.GiveBackAsync();
        await Stage.RunUntilQuietAsync();
        Assert.Single(Stage.Aws.OneOffTasks);
        Assert.Equal("success", Assert.Single(Shop.CheckRuns).Conclusion);
    }

    [Fact]
    public async Task Who_has_lost_the_lease_says_nothing_of_a_deployment()
    {
        var another = new AnotherWorker(Stage);
        Stage.GitHub.Changed += change =>
        {
            if (change is CheckRunChanged { CheckRun.Status: "completed" } && !another.HasTarget)
            {
                Task.Run(another.TakeTargetAsync).GetAwaiter().GetResult();
            }
        };

        await PushAsync(Manifests.Shop);
        await Stage.RunUntilAsync(() => another.HasTarget);
        Assert.Equal(["in_progress"], Assert.Single(Shop.Deployments).Statuses.Select(s => s.State));

        await another.GiveBackAsync();
        await Stage.RunUntilQuietAsync();
        Assert.Equal(["in_progress", "success"], Assert.Single(Shop.Deployments).Statuses.Select(s => s.State));
    }

    /// <summary>Somebody else takes the lease when the worker makes such a call to ECS for the first time.</summary>
    private async Task<AnotherWorker> OvertakenAsync(string manifest, string operation, Func<JsonObject, bool> isLastLook)
    {
        var another = new AnotherWorker(Stage);
        another.TakesTargetAt("ecs", operation, isLastLook);
        await PushAsync(manifest);
        await Stage.RunUntilAsync(() => another.HasTarget);
        return another;
    }
}
