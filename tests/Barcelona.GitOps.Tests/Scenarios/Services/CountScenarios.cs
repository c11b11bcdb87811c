using Amazon.ECS;
using Amazon.Runtime;
using Barcelona.GitOps.Tests.Aws;

namespace Barcelona.GitOps.Tests.Scenarios.Services;

/// <summary>A service's count changes, and nothing else.</summary>
public sealed class CountScenarios : Scenario
{
    [Fact]
    public async Task A_service_that_is_scaled_to_zero_is_a_success_and_so_is_what_comes_after_it()
    {
        await PushAndSettleAsync(Manifests.FixedImage);

        var none = await PushAndSettleAsync(Counted(0));

        Assert.Equal(("success", $"Deployed {none[..7]} to default/shop"), (Check(none).Conclusion, Check(none).Title));
        var worker = Assert.Single(Stage.Aws.SeenServices, IsWorker);
        Assert.Equal((0, 0), (worker.Desired, worker.RunningDefinitions.Count));

        var two = await PushAndSettleAsync(Counted(2));

        Assert.Equal("success", Check(two).Conclusion);
        Assert.Equal(2, Assert.Single(Stage.Aws.SeenServices, IsWorker).RunningDefinitions.Count);
    }

    [Fact]
    public async Task A_first_deploy_of_no_tasks_is_a_success()
    {
        var sha = await PushAndSettleAsync(Counted(0));

        Assert.Equal("success", Check(sha).Conclusion);
        Assert.Equal(0, Assert.Single(Stage.Aws.SeenServices, IsWorker).Desired);
    }

    /// <summary>ECS gives it to no service any more, also where only the count changes.</summary>
    [Fact]
    public async Task A_task_definition_that_somebody_has_deregistered_is_registered_anew()
    {
        await PushAndSettleAsync(Manifests.FixedImage);
        var more = Manifests.FixedImage.Replace("memory: 256", "memory: 512", StringComparison.Ordinal);
        await PushAndSettleAsync(more);
        using var ecs = new AmazonECSClient(
            new BasicAWSCredentials("AKIASANDBOX", "secret"),
            new AmazonECSConfig { ServiceURL = Stage.Sandbox.AwsUrl.ToString(), AuthenticationRegion = AwsHarness.Region });
        await ecs.DeregisterTaskDefinitionAsync(new() { TaskDefinition = "default--shop--worker:2" }, Stop);

        var sha = await PushAndSettleAsync(Counted(2, more));

        Assert.Equal("success", Check(sha).Conclusion);
        Assert.EndsWith("default--shop--worker:3", Assert.Single(Stage.Aws.SeenServices, IsWorker).TaskDefinition, StringComparison.Ordinal);
    }

    private static bool IsWorker(Sandbox.Aws.SeenService service) => service.TaskDefinition.Contains("--worker:", StringComparison.Ordinal);

    private static string Counted(int count, string? manifest = null) =>
        (manifest ?? Manifests.FixedImage).Replace("      - name: worker\n", $"      - name: worker\n        count: {count}\n", StringComparison.Ordinal);
}
