using Amazon.ECS;
using Amazon.ECS.Model;
using Amazon.Runtime;
using Barcelona.GitOps.Reconciliation.Acts;
using Barcelona.GitOps.Tests.Aws;
using Microsoft.Extensions.DependencyInjection;
using Task = System.Threading.Tasks.Task;

namespace Barcelona.GitOps.Tests.Scenarios.Faults;

/// <summary>What people do, and what they may not.</summary>
internal static class PeopleFaults
{
    public static IEnumerable<Fault> All =>
    [
        new("A newer commit comes in the middle of a deploy", "cancelled", "Superseded by", Left.New, async stage =>
        {
            var sha = await stage.UnderWayAsync();
            await stage.SettleAsync();
            return sha;
        }),
        new("The branch goes back to what ran before, in the middle of a deploy", "cancelled", "Superseded by", Left.Before, async stage =>
        {
            var sha = await stage.UnderWayAsync();
            await stage.Shop.ForcePushAsync("main", stage.Good);
            await stage.Stage.RunUntilQuietAsync();
            return sha;
        }),
        new("The branch is deleted before anything began", "cancelled", "main was deleted", Left.Untouched, async stage =>
        {
            stage.Faults.Throttle(new Barcelona.GitOps.Sandbox.Aws.Faults.FaultMatch("cloudformation") { Times = 12 });
            var sha = await stage.PushAsync();
            await stage.Stage.RunForAsync(TimeSpan.FromSeconds(2));
            await stage.Shop.DeleteRefAsync("refs/heads/main");
            await stage.Stage.RunUntilQuietAsync();
            return sha;
        }),
        new("The file has a mistake", "failure", "The key 'servces' is not known", Left.Untouched,
            stage => stage.SettleAsync(Manifests.Shop.Replace("services:", "servces:", StringComparison.Ordinal))),
        new("A secret is not there", "failure", "There is no secret 'barcelona/default/shop/key'", Left.Untouched,
            stage => stage.SettleAsync(With("environment: [{name: KEY, secret: shop/key}]"))),
        new("A parameter is not there", "failure", "/barcelona/default/shop/key", Left.Untouched,
            stage => stage.SettleAsync(With("environment: [{name: KEY, ssm_path: shop/key}]"))),
        new("An endpoint is not there", "failure", "no-endpoint", Left.Untouched,
            stage => stage.SettleAsync(Manifests.Shop.Replace("demo-endpoint", "no-endpoint", StringComparison.Ordinal))),
        new("More memory than the district allows", "failure", "is above the district's limit", Left.Untouched, stage =>
        {
            stage.Stage.District.Write(text => text + "policy: {max_memory: 200}\n");
            return stage.SettleAsync();
        }),
        new("The district does not list the repository", "failure", "does not list 'acme/shop'", Left.Untouched, stage =>
        {
            stage.Stage.District.Write(text => text.Replace("acme/*", "acme/other", StringComparison.Ordinal));
            return stage.SettleAsync();
        }),
        new("The district's consent is taken back in the middle of a deploy", "success", "Deployed", Left.New, async stage =>
        {
            var sha = await stage.UnderWayAsync();
            stage.Stage.District.Write(text => text.Replace("acme/*", "acme/other", StringComparison.Ordinal));
            await stage.Stage.RunUntilQuietAsync();
            return sha;
        }),
        new("Whoever pushed is in no team that deploys", "failure", "'octocat' is in no team that deploys", Left.Untouched, stage =>
        {
            stage.Stage.District.Write(text => text + "teams: {acme/ops: deploy}\n");
            return stage.SettleAsync();
        }),
        new("The district's file is broken", "failure", "The file of the district 'default' has mistakes.", Left.Untouched, stage =>
        {
            stage.Stage.District.Write(text => text + "regoin: x\n");
            return stage.SettleAsync();
        }),
        new("The district's file breaks in the middle of a deploy", "success", "Deployed", Left.New, async stage =>
        {
            var district = stage.Stage.District.Text;
            var sha = await stage.UnderWayAsync();
            stage.Stage.District.Write(text => text + "regoin: x\n");
            await stage.Stage.RunUntilQuietAsync();
            stage.Stage.District.Write(_ => district);
            return sha;
        }),
        new("A check that is waited for fails", "failure", "ci/build ended with failure", Left.Untouched, async stage =>
        {
            var sha = await stage.PushAsync(With("deploy: {wait_for: [ci/build]}"));
            await stage.Shop.SetStatusAsync(sha, "ci/build", "failure");
            await stage.Stage.RunUntilQuietAsync();
            return sha;
        }),
        new("Somebody cancels in the middle of a deploy", "cancelled", "still runs", Left.Before, async stage =>
        {
            var sha = await stage.UnderWayAsync();
            await stage.Stage.Services.GetRequiredService<Cancellations>().StartAsync(new("default", "shop"), "maintainer", default);
            await stage.Stage.RunUntilQuietAsync();
            return sha;
        }),
        new("Somebody has put another task definition into a service, and its deploy is run again", "failure", "somebody changed it beside its stack",
            Left.OtherWorker, async stage =>
            {
                var sha = await stage.SettleAsync();
                await OtherDefinitionAsync(stage);
                return await AgainAsync(stage, sha);
            }),
        new("Somebody has put another task definition into a service, and the next release comes", "success", "Deployed", Left.New, async stage =>
        {
            await stage.SettleAsync();
            await OtherDefinitionAsync(stage);
            return await stage.SettleAsync();
        }),
        new("Somebody puts another task definition into a service in the middle of a deploy", "failure", "somebody changed it beside its stack",
            Left.OtherWorker, async stage =>
            {
                var sha = await stage.PushAsync();
                await stage.Stage.RunUntilAsync(() => stage.Aws.SeenServices.Any(
                    s => s.TaskDefinition.EndsWith("--worker:2", StringComparison.Ordinal)
                        && stage.Aws.SeenStacks.Any(a => a is { Name: FaultStage.AppStack, Status: "UPDATE_IN_PROGRESS" })));
                await OtherDefinitionAsync(stage);
                await stage.Stage.RunUntilQuietAsync();
                return sha;
            }),
        new("Somebody has deleted a service, and its deploy is run again", "failure", "worker is not in ECS", Left.NoWorker, async stage =>
        {
            var sha = await stage.SettleAsync();
            await ByHandAsync(stage, "worker", (ecs, service) => ecs.DeleteServiceAsync(
                new() { Cluster = "default", Service = service.ServiceArn, Force = true }));
            return await AgainAsync(stage, sha);
        }),
        new("A commit that was rolled back from is deployed again by nobody's wish", "neutral", "was rolled back from", Left.Before, async stage =>
        {
            var bad = await stage.SettleAsync();
            var rollbacks = stage.Stage.Services.GetRequiredService<Rollbacks>();
            await rollbacks.StartAsync(await rollbacks.FindAsync(new("default", "shop"), to: 1, default), new("maintainer", "a"), default);
            await stage.Stage.RunUntilQuietAsync();
            await stage.Shop.RerequestAsync(stage.Shop.CheckRuns.Last(c => c.HeadSha == bad && c.Name == "barcelona/production").Id, "octocat");
            await stage.Stage.RunUntilQuietAsync();
            return bad;
        }),
    ];

    private static async Task<string> AgainAsync(FaultStage stage, string sha)
    {
        await stage.Shop.RerequestAsync(stage.Shop.CheckRuns.Last(c => c.HeadSha == sha).Id, "octocat");
        await stage.Stage.RunUntilQuietAsync();
        return sha;
    }

    /// <summary>The revision before.</summary>
    private static Task OtherDefinitionAsync(FaultStage stage) => ByHandAsync(stage, "worker", (ecs, service) =>
        ecs.UpdateServiceAsync(new()
        {
            Cluster = "default",
            Service = service.ServiceArn,
            TaskDefinition = service.TaskDefinition.Replace(":2", ":1", StringComparison.Ordinal),
        }));

    private static async Task ByHandAsync(FaultStage stage, string name, Func<AmazonECSClient, Service, Task> change)
    {
        using var ecs = new AmazonECSClient(
            new BasicAWSCredentials("AKIASANDBOX", "secret"),
            new AmazonECSConfig { ServiceURL = stage.Stage.Sandbox.AwsUrl.ToString(), AuthenticationRegion = AwsHarness.Region });
        var arns = (await ecs.ListServicesAsync(new() { Cluster = "default" })).ServiceArns;
        var services = (await ecs.DescribeServicesAsync(new() { Cluster = "default", Services = arns })).Services;
        await change(ecs, services.Single(s => s.TaskDefinition.Contains($"--{name}:", StringComparison.Ordinal)));
        await stage.Stage.RunForAsync(TimeSpan.FromMinutes(1));
    }

    private static string With(string key) =>
        Manifests.Shop.Replace("image_name: acme/shop\n", $"image_name: acme/shop\n    {key}\n", StringComparison.Ordinal);
}
