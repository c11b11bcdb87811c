using Barcelona.GitOps.Sandbox.Aws.Faults;
using Barcelona.GitOps.Sandbox.Aws.Images;
using Barcelona.GitOps.Tests.Scenarios.FailFast;

namespace Barcelona.GitOps.Tests.Scenarios.Crashes;

/// <summary>
/// What is given up is bound to no release: whoever has lost the target would end what its new holder has begun meanwhile. An update is given up,
/// a creation is taken back.
/// </summary>
public sealed class StaleGivingUpScenarios : FailFastScenario
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_has_lost_the_lease_ends_no_release_of_its_own(bool isFirst)
    {
        Every(NotThere, but: isFirst ? "none" : await PushAndSettleAsync(Manifests.Shop));
        var another = new AnotherWorker(Stage);
        another.TakesTargetAt("cloudformation", "DescribeStacks", _ => Asked == 1);

        // Only then is the look at the stack the last thing before it is asked.
        Stage.Aws.Faults.Error(
            new FaultMatch("cloudformation", isFirst ? "DeleteStack" : "CancelUpdateStack"),
            "ValidationError",
            "It is in a state and can not be ended");
        var bad = await PushAsync(Manifests.Shop + "# bad\n");
        await Stage.RunUntilAsync(() => another.HasTarget);
        Assert.Equal(1, Asked);

        await another.GiveBackAsync();
        await Stage.RunUntilQuietAsync();
        Assert.Equal((2, "failure"), (Asked, Check(bad).Conclusion));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_has_lost_the_lease_ends_no_release_that_it_waits_for(bool isFirst)
    {
        var good = isFirst ? "none" : await PushAndSettleAsync(Manifests.Worker);
        Every(Crashes, but: good);
        var bad = await PushAsync(Manifests.Worker + "# bad\n");
        await UntilAppStackIsWrittenAsync(isFirst);
        Every(new ImageBehaviour.Healthy());
        Stage.Aws.Images.Set($"acme/shop:{bad}", Crashes);
        var another = new AnotherWorker(Stage);

        // Whether another task of it has stayed up is looked for last.
        another.TakesTargetAt(
            "ecs", "ListTasks", request => (string?)request["desiredStatus"] == "RUNNING" && Check(bad).Conclusion == "cancelled");
        var next = await PushAsync(Manifests.Worker + "# next\n");
        await Stage.RunUntilAsync(() => another.HasTarget);
        Assert.Equal(0, Asked);

        await another.GiveBackAsync();
        await Stage.RunUntilQuietAsync();
        Assert.Equal((1, "success"), (Asked, Check(next).Conclusion));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_has_lost_the_lease_ends_no_release_that_somebody_cancels(bool isFirst)
    {
        if (!isFirst)
        {
            await PushAndSettleAsync(Manifests.Shop);
        }

        var sha = await PushAsync(Manifests.Shop + "# more\n");
        await UntilAppStackIsWrittenAsync(isFirst);
        await CancelAsync();
        var another = new AnotherWorker(Stage);
        another.TakesTargetAt("cloudformation", "DescribeStacks");
        await Stage.RunUntilAsync(() => another.HasTarget);
        Assert.Equal(0, Asked);

        await another.GiveBackAsync();
        await Stage.RunUntilQuietAsync();
        Assert.Equal((1, "cancelled"), (Asked, Check(sha).Conclusion));
    }

    /// <summary>How often AWS was asked to end something, heard or not.</summary>
    private int Asked =>
        Stage.Aws.Calls.Of("cloudformation", "CancelUpdateStack").Count + Stage.Aws.Calls.Of("cloudformation", "DeleteStack").Count;

    private Task UntilAppStackIsWrittenAsync(bool isFirst) => Stage.RunUntilAsync(
        () => Stage.Aws.Calls.Of("cloudformation", isFirst ? "CreateStack" : "UpdateStack").Any(c => (string?)c.Request["StackName"] == App));
}
