using Amazon.ECS;
using Amazon.Runtime;
using Barcelona.GitOps.Reconciliation.Acts;
using Barcelona.GitOps.Sandbox.Aws.Images;
using Barcelona.GitOps.Tests.Aws;
using Microsoft.Extensions.DependencyInjection;

namespace Barcelona.GitOps.Tests.Scenarios.FailFast;

/// <summary>Scenarios in which a release is seen to go wrong while AWS is still at work.</summary>
public abstract class FailFastScenario : Scenario
{
    protected const string App = "barcelona-app--default--shop";

    protected static readonly ImageBehaviour NotThere = new ImageBehaviour.PullFails("manifest unknown: manifest unknown");

    protected static readonly ImageBehaviour Crashes = new ImageBehaviour.CrashLoop(ExitCode: 3, TimeSpan.FromSeconds(1));

    /// <summary>A deploy that works, and then a push of which every task does this; it is not run yet.</summary>
    protected async Task<(string Good, string Bad)> UpdateAsync(ImageBehaviour behaviour, string? manifest = null)
    {
        var good = await PushAndSettleAsync(Manifests.Shop);
        Every(behaviour, but: good);
        return (good, await PushAsync(manifest ?? Manifests.Shop + "# bad\n"));
    }

    protected void Every(ImageBehaviour behaviour, string but = "none")
    {
        Stage.Aws.Images.Set("acme/shop:*", behaviour);
        Stage.Aws.Images.Set($"acme/shop:{but}", new ImageBehaviour.Healthy());
    }

    /// <summary>Empty while there is none.</summary>
    protected string TitleOf(string sha) => Shop.CheckRuns.LastOrDefault(c => c.HeadSha == sha && c.Name == "barcelona/production")?.Title ?? "";

    protected int Cancellations => Stage.Aws.Calls.Of("cloudformation", "CancelUpdateStack").Count(c => c.StatusCode == 200);

    protected int Deletions => Stage.Aws.Calls.Of("cloudformation", "DeleteStack").Count(c => c.StatusCode == 200);

    /// <summary>By a person, with the command line.</summary>
    protected Task CancelAsync() =>
        Stage.Services.GetRequiredService<Cancellations>().StartAsync(new("default", "shop"), "maintainer", Stop);

    /// <summary>The first to stop comes first.</summary>
    protected async Task<IReadOnlyList<Amazon.ECS.Model.Task>> StoppedAsync()
    {
        using var ecs = Ecs();
        var listed = await ecs.ListTasksAsync(new() { Cluster = Cluster, DesiredStatus = DesiredStatus.STOPPED }, Stop);
        return listed.TaskArns is { Count: > 0 } arns
            ? [.. (await ecs.DescribeTasksAsync(new() { Cluster = Cluster, Tasks = arns }, Stop)).Tasks.OrderBy(t => t.StoppingAt)]
            : [];
    }

    /// <summary>How long ago, by the stage's clock, the first task of a revision began to stop.</summary>
    protected async Task<TimeSpan> SinceFirstStopAsync(int revision)
    {
        var first = (await StoppedAsync()).First(t => t.TaskDefinitionArn.EndsWith($":{revision}", StringComparison.Ordinal));
        return Stage.Clock.GetUtcNow().UtcDateTime - Assert.NotNull(first.StoppingAt).ToUniversalTime();
    }

    protected AmazonECSClient Ecs() => new(
        new BasicAWSCredentials("AKIASANDBOX", "secret"),
        new AmazonECSConfig { ServiceURL = Stage.Sandbox.AwsUrl.ToString(), AuthenticationRegion = AwsHarness.Region });

    protected string Cluster => (string?)Stage.Aws.Calls.Of("ecs", "DescribeServices")[0].Request["cluster"] ?? "";
}
