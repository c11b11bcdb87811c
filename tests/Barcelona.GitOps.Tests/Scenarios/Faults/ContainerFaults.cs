using Barcelona.GitOps.Sandbox.Aws.Images;

namespace Barcelona.GitOps.Tests.Scenarios.Faults;

/// <summary>Containers that do not get up, or do not stay up.</summary>
internal static class ContainerFaults
{
    internal const string NotPulled = "could not be pulled: it is not there under this name and tag, or may not be read.";

    private const string NoRoom = "There is no room for web: ECS finds no place for its tasks. It was not finished after 30 minutes.";

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    private static readonly string Migrates = Manifests.Shop.Replace(
        "image_name: acme/shop\n", "image_name: acme/shop\n    before_deploy: rake db:migrate\n", StringComparison.Ordinal);

    public static IEnumerable<Fault> All =>
    [
        new("Containers stop by themselves", "failure", "stopped by itself with exit code 3", Left.Before,
            stage => stage.WithImagesAsync(new ImageBehaviour.CrashLoop(3, Soon)))
        { GoneBack = GoneBack.ByUs },
        new("The command is not in the image", "failure", "there is no such command in the image", Left.Before,
            stage => stage.WithImagesAsync(new ImageBehaviour.CrashLoop(127, Soon)))
        { GoneBack = GoneBack.ByUs },
        new("A service ends as if it were a task", "failure", "although a service should go on running", Left.Before,
            stage => stage.WithImagesAsync(new ImageBehaviour.CrashLoop(0, Soon)))
        { GoneBack = GoneBack.ByUs },
        new("Containers stop by themselves in the first deploy", "failure", "stopped by itself with exit code 1", Left.NoStack,
            stage => stage.WithImagesAsync(new ImageBehaviour.CrashLoop(1, Soon)))
        { IsFirst = true, GoneBack = GoneBack.CreationByUs },
        new("Too little memory", "failure", "used more memory than its limit", Left.Before,
            stage => stage.WithImagesAsync(new ImageBehaviour.OutOfMemory(Soon)))
        { GoneBack = GoneBack.ByUs },
        new("The image cannot be pulled", "failure", NotPulled, Left.Before,
            stage => stage.WithImagesAsync(new ImageBehaviour.PullFails("CannotPullContainerError: manifest unknown")))
        { GoneBack = GoneBack.ByUs },
        new("The image cannot be pulled in the first deploy", "failure", NotPulled, Left.NoStack,
            stage => stage.WithImagesAsync(new ImageBehaviour.PullFails("CannotPullContainerError: manifest unknown")))
        { IsFirst = true, GoneBack = GoneBack.CreationByUs },
        new("A registry asks to wait", "success", "Deployed", Left.New, async stage =>
        {
            stage.Aws.Images.Set("*acme/shop*", new ImageBehaviour.PullFails("toomanyrequests: You have reached your pull rate limit."));
            var sha = await stage.PushAsync();
            await stage.Stage.RunForAsync(TimeSpan.FromSeconds(20));
            stage.Aws.Images.Set("*acme/shop*", new ImageBehaviour.Healthy());
            await stage.Stage.RunUntilQuietAsync();
            return sha;
        }),
        new("A registry asks to wait for too long", "failure", "could not be reached from the tasks' network, or asked to wait", Left.Before,
            stage => stage.WithImagesAsync(new ImageBehaviour.PullFails("toomanyrequests: You have reached your pull rate limit.")))
        { GoneBack = GoneBack.ByBreaker },
        new("A registry asks to wait for too long in the first deploy", "failure", "could not be reached from the tasks' network, or asked to wait",
            Left.NoStack,
            stage => stage.WithImagesAsync(new ImageBehaviour.PullFails("toomanyrequests: You have reached your pull rate limit.")))
        { IsFirst = true, GoneBack = GoneBack.CreationByBreaker },
        new("The image is made for another CPU architecture", "failure", "its image is made for another CPU architecture", Left.Before,
            stage => stage.WithImagesAsync(new ImageBehaviour.StartFails("CannotStartContainerError: exec /bin/sh: exec format error")))
        { GoneBack = GoneBack.ByUs },
        new("A secret goes away before a task starts", "failure", "A secret or parameter of web could not be read", Left.Before,
            stage => stage.WithImagesAsync(new ImageBehaviour.StartFails(
                "ResourceInitializationError: unable to pull secrets or registry auth: unable to retrieve secret from asm: "
                + "ResourceNotFoundException: Secrets Manager can't find the specified secret.")))
        { GoneBack = GoneBack.ByUs },
        new("The health check is answered with another status", "failure", "answers health_check_path with another status", Left.Before,
            stage => stage.WithImagesAsync(new ImageBehaviour.NeverHealthy()))
        { GoneBack = GoneBack.ByBreaker },
        new("The port is not listened on", "failure", "nothing answers on its port", Left.Before,
            stage => stage.WithImagesAsync(new ImageBehaviour.NotListening()))
        { GoneBack = GoneBack.ByBreaker },
        new("A port of `port_mappings` is not listened on", "failure", "worker started but nothing answers on its port", Left.Before, async stage =>
        {
            stage.Aws.Images.Set("*acme/shop*", new ImageBehaviour.NotListening());
            stage.Aws.Images.Set($"*acme/shop:{stage.Good}*", new ImageBehaviour.Healthy());
            return await stage.SettleAsync(Manifests.Worker.Replace(
                "command: bin/work}", "command: bin/work, port_mappings: [{lb_port: 9000, container_port: 9000}]}", StringComparison.Ordinal));
        })
        { GoneBack = GoneBack.ByBreaker },
        new("An alarm of the deployment goes off", "failure", "The alarm HighErrorRate went off while web was deployed", Left.Before, async stage =>
        {
            stage.Aws.SetAlarm("HighErrorRate", "OK");
            var sha = await stage.PushAsync(Manifests.Shop.Replace(
                "service_type: web\n", "service_type: web\n        deployment: {alarms: [HighErrorRate]}\n", StringComparison.Ordinal));
            await stage.Stage.RunForAsync(TimeSpan.FromSeconds(25));
            stage.Aws.SetAlarm("HighErrorRate", "ALARM");
            await stage.Stage.RunUntilQuietAsync();
            return sha;
        })
        { GoneBack = GoneBack.ByAlarm },
        new("There is no room for a first deploy", "failure",
            NoRoom,
            Left.NoStack, stage =>
            {
                stage.Aws.FillCluster("default");
                return stage.SettleAsync();
            })
        { IsFirst = true, GoneBack = GoneBack.CreationByUs },
        new("There is no room for an update", "failure", NoRoom, Left.Before,
            async stage =>
            {
                stage.Aws.FillCluster("default");
                var sha = await stage.PushAsync();
                await stage.Stage.RunUntilAsync(() => stage.Aws.Calls.Of("cloudformation", "CancelUpdateStack").Count > 0, within: TimeSpan.FromHours(1));
                stage.Aws.SeedInstances("default");
                await stage.Stage.RunUntilQuietAsync();
                return sha;
            })
        { GoneBack = GoneBack.ByUs },
        new("There is no room for an update, nor for the way back", "failure", "What AWS has begun goes on", Left.Before, stage =>
        {
            stage.Aws.FillCluster("default");
            return stage.SettleAsync();
        }),
        new("The image is not in its registry after `image_wait`", "failure", "did not appear within 30 minutes", Left.Untouched, stage =>
        {
            stage.Stage.Registry.Hold("acme/shop:*");
            return stage.SettleAsync();
        }),
        new("The registry does not let the image be seen", "failure", "does not show acme/shop", Left.Untouched, stage =>
        {
            stage.Stage.Registry.RequireBasic("docker.io", "somebody", "else");
            return stage.SettleAsync();
        }),
        new("before_deploy ends with an exit code", "failure", "before_deploy ended with exit code 4.", Left.Before, stage =>
        {
            stage.Aws.Images.SetForOneOffs("*acme/shop*", new ImageBehaviour.CrashLoop(4, Soon));
            return stage.SettleAsync(Migrates);
        }),
        new("before_deploy needs more memory than it has", "failure", "before_deploy was killed because it used more memory than its limit",
            Left.Before, stage =>
            {
                stage.Aws.Images.SetForOneOffs("*acme/shop*", new ImageBehaviour.OutOfMemory(Soon));
                return stage.SettleAsync(Migrates);
            }),
    ];
}
