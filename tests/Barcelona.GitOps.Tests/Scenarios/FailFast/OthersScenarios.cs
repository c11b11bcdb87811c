using Barcelona.GitOps.Sandbox.Aws.Images;
using Barcelona.GitOps.Tests.Scenarios.Checks;

namespace Barcelona.GitOps.Tests.Scenarios.FailFast;

/// <summary>A release that is being given up, and somebody who wants something else just then.</summary>
public sealed class OthersScenarios : FailFastScenario
{
    [Fact]
    public async Task Whoever_cancels_what_is_being_given_up_has_cancelled_it()
    {
        var (good, bad) = await UpdateAsync(NotThere);
        await UntilAsync(() => Cancellations > 0);

        await CancelAsync();
        await Stage.RunUntilQuietAsync();

        Assert.Equal(
            ("cancelled", $"Cancelled: by maintainer. default/shop still runs acme/shop:{good} (release 1)."),
            (Check(bad).Conclusion, Check(bad).Title));
        Assert.Contains("manifest unknown", Check(bad).Text, StringComparison.Ordinal);
        Assert.Equal([$"acme/shop:{good}"], await Serving.ImagesBehindAsync(Stage, "web"));
    }

    [Fact]
    public async Task A_newer_commit_takes_over_and_the_way_back_is_waited_for()
    {
        var (_, bad) = await UpdateAsync(NotThere);
        await UntilAsync(() => Cancellations > 0);
        Every(new ImageBehaviour.Healthy());

        var mended = await PushAndSettleAsync(Manifests.Shop + "# mended\n");

        Assert.Equal("neutral", Check(bad).Conclusion);
        Assert.Equal("success", Check(mended).Conclusion);
        Assert.Equal([$"acme/shop:{mended}"], await Serving.ImagesBehindAsync(Stage, "web"));
    }

    [Fact]
    public async Task What_another_run_began_is_not_given_up_by_this_one()
    {
        var (_, bad) = await UpdateAsync(Crashes);
        await UntilAsync(() => Stage.Aws.Calls.Of("cloudformation", "UpdateStack").Count > 0);

        // Waits for the other one's update, which has lost its owner, and fails nobody for its tasks.
        await Stage.RunForAsync(TimeSpan.FromSeconds(3));
        Every(new ImageBehaviour.Healthy());
        Stage.Aws.Images.Set($"acme/shop:{bad}", Crashes);
        var next = await PushAndSettleAsync(Manifests.Shop + "# next\n");

        Assert.Equal(("neutral", "success"), (Check(bad).Conclusion, Check(next).Conclusion));
        Assert.Equal(0, Cancellations);
    }
}
