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
}
