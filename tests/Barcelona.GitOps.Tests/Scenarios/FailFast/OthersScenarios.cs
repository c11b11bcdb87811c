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
        await Stage.RunUntilAsync(() => Cancellations > 0);

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
        await Stage.RunUntilAsync(() => Cancellations > 0);
        Every(new ImageBehaviour.Healthy());

        var mended = await PushAndSettleAsync(Manifests.Shop + "# mended\n");

        Assert.Equal("cancelled", Check(bad).Conclusion);
        Assert.Equal("success", Check(mended).Conclusion);
        Assert.Equal([$"acme/shop:{mended}"], await Serving.ImagesBehindAsync(Stage, "web"));
    }

    /// <summary>Without a health check ECS counts none of its tasks as failed, and CloudFormation waits for hours.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_an_earlier_run_began_and_cannot_come_up_is_given_up_for_the_one_that_waits(bool isFirst)
    {
        var good = isFirst ? "none" : await PushAndSettleAsync(Manifests.Worker);
        Every(Crashes, but: good);
        var bad = await PushAsync(Manifests.Worker + "# bad\n");
        await Stage.RunUntilAsync(() => Stage.Aws.Calls.Of("cloudformation", isFirst ? "CreateStack" : "UpdateStack").Count == (isFirst ? 2 : 1));
        var before = Stage.Clock.GetUtcNow();
        Every(new ImageBehaviour.Healthy());
        Stage.Aws.Images.Set($"acme/shop:{bad}", Crashes);

        var next = await PushAndSettleAsync(Manifests.Worker + "# next\n");

        Assert.Equal(("cancelled", "success"), (Check(bad).Conclusion, Check(next).Conclusion));
        Assert.Equal(isFirst ? (0, 1) : (1, 0), (Cancellations, Deletions));
        Assert.Contains("is given up, worker does not come up", Check(next).Text, StringComparison.Ordinal);
        Assert.InRange(Stage.Clock.GetUtcNow() - before, TimeSpan.Zero, TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task So_is_a_service_that_the_one_that_waits_has_no_more()
    {
        var idle = Manifests.Worker.Replace("command: bin/work}", "command: bin/work, count: 0}", StringComparison.Ordinal);
        Every(Crashes, but: await PushAndSettleAsync(idle));
        var bad = await PushAsync(idle + "      - {name: jobs, memory: 256, command: bin/work}\n");
        await Stage.RunUntilAsync(() => Stage.Aws.Calls.Of("cloudformation", "UpdateStack").Count == 1);
        var before = Stage.Clock.GetUtcNow();
        Every(new ImageBehaviour.Healthy());
        Stage.Aws.Images.Set($"acme/shop:{bad}", Crashes);

        var next = await PushAndSettleAsync(idle + "      - {name: other, memory: 256, command: bin/work}\n");

        Assert.Equal(("cancelled", "success", 1), (Check(bad).Conclusion, Check(next).Conclusion, Cancellations));
        Assert.InRange(Stage.Clock.GetUtcNow() - before, TimeSpan.Zero, TimeSpan.FromMinutes(5));
    }
}
