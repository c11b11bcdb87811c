using Barcelona.GitOps.Aws.Rollouts;
using Barcelona.GitOps.Core.Planning;
using Barcelona.GitOps.Core.Reports;
using Barcelona.GitOps.Sandbox.Aws.Faults;
using Barcelona.GitOps.Sandbox.Aws.Images;

namespace Barcelona.GitOps.Tests.Aws;

/// <summary>Releases that fail: told as failures, with the cause, and never a dead end.</summary>
public sealed class FailuresOnSandboxTests
{
    private const string Worker = "      - {name: worker, count: 2, cpu: 32, memory: 128, command: bin/work}\n";

    private const string Web =
        "      - {name: web, service_type: web, count: 1, cpu: 32, memory: 128, command: bin/web,\n"
        + "         listeners: [{endpoint: demo-endpoint, health_check_path: /}]}\n";

    private static readonly TimeSpan Long = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task A_crash_looping_update_is_rolled_back_and_its_cause_is_found()
    {
        await using var world = await SandboxWorld.StartAsync();
        Crashes(world, "acme/shop:2");
        await world.DeployAsync(world.Release("acme/shop:1", Web));
        var broken = world.Release("acme/shop:2", Web);

        Assert.True(await world.StepAsync(broken));
        world.Pass(Long);

        var expected = await world.ExpectedAsync(broken);
        Assert.Equal(StackStatus.UpdateRollbackComplete, expected.Stack.Status);
        var reading = await world.ReadingAsync(expected);
        Assert.True(reading.HasFailed);
        Assert.False(reading.IsConverged);
        var state = Assert.IsType<ServiceRollout.RolledBack>(Assert.Single(reading.Services).State);
        Assert.EndsWith(":1", state.RunningTaskDefinitionArn, StringComparison.Ordinal);

        var evidence = await world.EvidenceAsync(expected);
        AssertCrash(evidence.Facts, evidence.Logs);
        Assert.Empty(evidence.Facts.Unread);
        Assert.Equal("AWS::ECS::Service", evidence.Facts.Resources[0].Type);
        Assert.Equal("UPDATE_FAILED", evidence.Facts.Resources[0].Status);
    }

    [Fact]
    public async Task A_first_release_that_fails_is_deleted_and_leaves_logs_and_evidence()
    {
        await using var world = await SandboxWorld.StartAsync();
        Crashes(world, "acme/shop:1");
        var broken = world.Release("acme/shop:1", Web);
        Assert.True(await world.StepAsync(broken));
        world.Pass(Long);
        Assert.True(await world.StepAsync(broken));
        world.Pass(Long);

        var expected = await world.ExpectedAsync(broken);
        Assert.Equal(StackStatus.RollbackComplete, expected.Stack.Status);
        Assert.True((await world.ReadingAsync(expected)).HasFailed);
        var evidence = await world.EvidenceAsync(expected);
        AssertCrash(evidence.Facts, evidence.Logs);

        // The next release gets the failed stack out of its way, and the heritage is as it was.
        var heritage = (await world.ObserveAsync(broken)).HeritageStack?.Id;
        var good = world.Release("acme/shop:2", Web);
        await world.DeployAsync(good);
        Assert.True((await world.ReadingAsync(await world.ExpectedAsync(good))).IsConverged);
        Assert.Equal(heritage, (await world.ObserveAsync(good)).HeritageStack?.Id);
    }

    [Fact]
    public async Task A_target_that_fails_its_health_check_is_named()
    {
        await using var world = await SandboxWorld.StartAsync();
        world.Aws.Images.Set("acme/shop:2", new ImageBehaviour.NeverHealthy());
        await world.DeployAsync(world.Release("acme/shop:1", Web));
        var broken = world.Release("acme/shop:2", Web);
        Assert.True(await world.StepAsync(broken));

        CollectedUnhealthy? seen = null;
        for (var second = 0; second < 60 && seen is null; second++)
        {
            world.Pass(TimeSpan.FromSeconds(1));
            var facts = (await world.EvidenceAsync(await world.ExpectedAsync(broken))).Facts;
            seen = facts.Services.SelectMany(s => s.UnhealthyTargets).Select(t => new CollectedUnhealthy(t.State, t.Code)).FirstOrDefault();
        }

        Assert.Equal("unhealthy", seen?.State);
        Assert.StartsWith("Target.", seen?.Code, StringComparison.Ordinal);
        world.Pass(Long);
        var evidence = await world.EvidenceAsync(await world.ExpectedAsync(broken));
        var task = Assert.Single(evidence.Facts.Services).FirstStoppedTask;
        Assert.Contains("health check", task?.Reason, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task An_image_that_cannot_be_pulled_has_no_exit_code_but_a_reason()
    {
        await using var world = await SandboxWorld.StartAsync();
        world.Aws.Images.Set("acme/shop:2", new ImageBehaviour.PullFails("pull image manifest has been retried 1 time(s): not found"));
        await world.DeployAsync(world.Release("acme/shop:1", Worker));
        var broken = world.Release("acme/shop:2", Worker);
        Assert.True(await world.StepAsync(broken));
        world.Pass(Long);

        var evidence = await world.EvidenceAsync(await world.ExpectedAsync(broken));
        var task = Assert.IsType<StoppedTask>(Assert.Single(evidence.Facts.Services).FirstStoppedTask);
        Assert.All(task.Containers, c => Assert.Null(c.ExitCode));
        Assert.Contains("CannotPullContainer", task.Reason + string.Concat(task.Containers.Select(c => c.Reason)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_resource_that_failed_comes_first_and_cancelled_ones_not_at_all()
    {
        await using var world = await SandboxWorld.StartAsync();
        var release = world.Release("acme/shop:1", Web + Worker);
        Assert.True(await world.StepAsync(release));
        world.Pass(Long);
        world.Aws.Faults.FailResource("AWS::ElasticLoadBalancingV2::ListenerRule", "Priority '100' is currently in use");
        Assert.True(await world.StepAsync(release));
        world.Pass(Long);

        var facts = (await world.EvidenceAsync(await world.ExpectedAsync(release))).Facts;

        Assert.Equal(("AWS::ElasticLoadBalancingV2::ListenerRule", "CREATE_FAILED"), (facts.Resources[0].Type, facts.Resources[0].Status));
        Assert.Contains("currently in use", facts.Resources[0].Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(facts.Resources, r => r.Reason.Contains("cancelled", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_rollback_that_got_stuck_is_continued()
    {
        await using var world = await SandboxWorld.StartAsync();
        Crashes(world, "acme/shop:2");
        await world.DeployAsync(world.Release("acme/shop:1", Web));
        var broken = world.Release("acme/shop:2", Web);
        world.Aws.Faults.RollbackFails(broken.AppStack.Name.Value);
        Assert.True(await world.StepAsync(broken));
        world.Pass(Long);
        Assert.Equal(StackStatus.UpdateRollbackFailed, (await world.ObserveAsync(broken)).AppStack?.Status);

        Assert.True(await world.StepAsync(broken));
        world.Pass(Long);

        Assert.Equal(StackStatus.UpdateRollbackComplete, (await world.ObserveAsync(broken)).AppStack?.Status);
    }

    [Fact]
    public async Task What_cannot_be_read_is_said_and_the_rest_is_told()
    {
        await using var world = await SandboxWorld.StartAsync();
        Crashes(world, "acme/shop:2");
        await world.DeployAsync(world.Release("acme/shop:1", Web));
        var broken = world.Release("acme/shop:2", Web);
        Assert.True(await world.StepAsync(broken));
        world.Pass(Long);
        world.Aws.Faults.Error(
            new FaultMatch("logs"), "AccessDeniedException", "User: x is not authorized to perform: logs:GetLogEvents on resource: y");

        var evidence = await world.EvidenceAsync(await world.ExpectedAsync(broken));

        Assert.Contains("logs:GetLogEvents", Assert.Single(evidence.Facts.Unread), StringComparison.Ordinal);
        Assert.Empty(evidence.Logs);
        Assert.NotNull(Assert.Single(evidence.Facts.Services).FirstStoppedTask);
    }

    private static void Crashes(SandboxWorld world, string image) => world.Aws.Images.Set(
        image,
        new ImageBehaviour.CrashLoop(ExitCode: 3, After: TimeSpan.FromSeconds(1)) { LogLines = ["booting", "KeyError: DATABASE_URL"] });

    private static void AssertCrash(FailureFacts facts, IEnumerable<ContainerLog> logs)
    {
        var service = Assert.Single(facts.Services);
        var task = Assert.IsType<StoppedTask>(service.FirstStoppedTask);
        Assert.Equal("EssentialContainerExited", task.StopCode);
        Assert.Equal(3, Assert.Single(task.Containers).ExitCode);
        var log = Assert.Single(logs);
        Assert.Equal(("web", "/barcelona/default/shop"), (log.Service, log.Group));
        Assert.Equal(["booting", "KeyError: DATABASE_URL"], log.Lines);
    }

    private sealed record CollectedUnhealthy(string State, string Code);
}
