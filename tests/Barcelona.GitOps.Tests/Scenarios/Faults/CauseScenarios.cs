using Barcelona.GitOps.Sandbox.Aws.Faults;
using Barcelona.GitOps.Sandbox.Aws.Images;

namespace Barcelona.GitOps.Tests.Scenarios.Faults;

/// <summary>A failure is told by what this run did, and not by what an earlier one left.</summary>
public sealed class CauseScenarios : Scenario
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_run_that_began_nothing_is_not_failed_by_what_it_cannot_read(bool isDenied)
    {
        var good = await PushAndSettleAsync(Manifests.Shop);
        Stage.Aws.Images.Set("acme/shop:*", new ImageBehaviour.CrashLoop(ExitCode: 3, TimeSpan.FromSeconds(1)));
        Stage.Aws.Images.Set($"acme/shop:{good}", new ImageBehaviour.Healthy());
        await PushAndSettleAsync(Manifests.Shop + "# bad\n");
        Stage.Aws.Images.Set("acme/shop:*", new ImageBehaviour.Healthy());

        // The pass after it finds the roll-back of the run before, and on record what it asked for and AWS never began.
        Stage.Aws.Faults.Throttle(new FaultMatch("cloudformation", "UpdateStack") { Times = 4 });
        var sideRead = new FaultMatch("ecs", "ListTasks") { Times = 99 };
        if (isDenied)
        {
            Stage.Aws.Faults.Error(sideRead, "AccessDeniedException", "User: x is not authorized to perform: ecs:ListTasks");
        }
        else
        {
            Stage.Aws.Faults.Throttle(sideRead);
        }

        var mended = await PushAndSettleAsync(Manifests.Shop + "# mended\n");

        Assert.Equal("success", Check(mended).Conclusion);
    }

    [Fact]
    public async Task A_task_that_an_earlier_run_lost_is_no_cause_although_it_has_the_same_task_definition()
    {
        await PushAndSettleAsync(Tagged("one"));
        Stage.Aws.Images.Set("acme/shop:two", new ImageBehaviour.CrashLoop(ExitCode: 3, TimeSpan.FromSeconds(1)));
        var crashed = await PushAndSettleAsync(Tagged("two"));
        Assert.Contains("exit code 3", Check(crashed).Title, StringComparison.Ordinal);

        Stage.Aws.Images.Set("acme/shop:two", new ImageBehaviour.Healthy());
        Stage.Aws.Faults.FailResource("AWS::ElasticLoadBalancingV2::TargetGroup", "Internal failure");
        var again = await PushAndSettleAsync(Tagged("two").Replace("health_check_path: /\n", "health_check_path: /up\n", StringComparison.Ordinal));

        Assert.Equal("failure", Check(again).Conclusion);
        Assert.Contains("could not make or change", Check(again).Title, StringComparison.Ordinal);
    }

    private static string Tagged(string tag) => Manifests.FixedImage.Replace("image_tag: stable", $"image_tag: {tag}", StringComparison.Ordinal);
}
