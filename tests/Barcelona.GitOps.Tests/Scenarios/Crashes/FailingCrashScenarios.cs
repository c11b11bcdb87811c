using Barcelona.GitOps.Sandbox.Aws.Images;

namespace Barcelona.GitOps.Tests.Scenarios.Crashes;

/// <summary>The same of a release whose image is not there: the worker dies while it looks, gives up, takes back and tells.</summary>
public sealed class FailingCrashScenarios(ITestOutputHelper output)
{
    private static readonly CrashPlay First = new(
        Manifests.Worker,
        [
            "check barcelona/production completed failure",
            "deployment production in_progress, failure",
            "created barcelona-app--default--shop",
            "created barcelona-heritage--default--shop",
            "registered default--shop--worker",
            "run Failed, told Failed",
            "cause The image of worker could not be pulled",
        ])
    {
        Before = (stage, _) =>
        {
            stage.Aws.Images.Set("acme/shop:*", NotThere);
            return Task.CompletedTask;
        },
    };

    private static readonly CrashPlay Update = new(
        Manifests.Shop + "# bad\n",
        [
            "check barcelona/production completed success",
            "check barcelona/production completed failure",
            "deployment production in_progress, success",
            "deployment production in_progress, failure",
            "created barcelona-app--default--shop",
            "created barcelona-heritage--default--shop",
            "registered default--shop--web",
            "registered default--shop--web",
            "registered default--shop--worker",
            "registered default--shop--worker",
            "run Failed, told Failed",
            "run Succeeded, told Succeeded",
            "cause The image of web could not be pulled",
        ])
    {
        Before = async (stage, shop) =>
        {
            var good = await shop.CommitAsync("main", new Dictionary<string, string> { ["barcelona.yml"] = Manifests.Shop }, "Begin");
            await stage.RunUntilQuietAsync();
            stage.Aws.Images.Set("acme/shop:*", NotThere);
            stage.Aws.Images.Set($"acme/shop:{good}", new ImageBehaviour.Healthy());
        },
    };

    private static ImageBehaviour NotThere => new ImageBehaviour.PullFails("manifest unknown: not found");

    [Fact]
    [Trait("Category", "Long")]
    public Task Killed_at_any_call_a_first_deploy_that_cannot_start_is_taken_back_with_its_cause() => First.AtEachAsync(output, (_, _) => true);

    [Fact]
    [Trait("Category", "Long")]
    public Task Killed_at_any_call_an_update_that_cannot_start_is_given_up_with_its_cause() => Update.AtEachAsync(output, (_, _) => true);
}
