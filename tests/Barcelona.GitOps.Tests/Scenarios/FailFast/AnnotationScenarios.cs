using Barcelona.GitOps.Sandbox.Aws.Images;

namespace Barcelona.GitOps.Tests.Scenarios.FailFast;

/// <summary>
/// Why a release fails is told while it fails, and stands at the line of barcelona.yml that it is about, of the commit that was deployed.
/// </summary>
public sealed class AnnotationScenarios : FailFastScenario
{
    public static TheoryData<string, string, string> Causes => new()
    {
        { "pull", "BCN751", "image_name: acme/shop" },
        { "registry", "BCN751", "image_name: acme/shop" },
        { "secret", "BCN752", "- {name: KEY, ssm_path: shop/key}" },
        { "memory", "BCN753", "memory: 128" },
        { "exit", "BCN754", "command: bundle exec ruby main.rb" },
        { "health", "BCN755", "health_check_path: /" },
        { "port", "BCN755", "- endpoint: demo-endpoint" },
        { "start", "BCN756", "command: bundle exec ruby main.rb" },
    };

    [Theory]
    [MemberData(nameof(Causes))]
    public async Task A_cause_is_told_within_half_a_minute_of_the_first_task_that_stops_and_in_the_end_at_its_line(
        string cause, string code, string line)
    {
        var manifest = Web.Replace("services:", "environment:\n      - {name: KEY, ssm_path: shop/key}\n    services:", StringComparison.Ordinal);
        Stage.Aws.SeedParameter("/barcelona/default/shop/key", "x");
        var good = await PushAndSettleAsync(manifest);
        Assert.Equal("success", Check(good).Conclusion);

        Every(Behaviour(cause), but: good);
        var bad = await PushAsync("# one line more\n" + manifest);

        await Stage.RunUntilAsync(() => TitleOf(bad).StartsWith("Failing: ", StringComparison.Ordinal));
        Assert.InRange(await SinceFirstStopAsync(revision: 2), TimeSpan.Zero, TimeSpan.FromSeconds(30));
        var told = TitleOf(bad)["Failing: ".Length..];
        await Stage.RunUntilQuietAsync();

        Assert.StartsWith($"Failed: {told}", Check(bad).Title, StringComparison.Ordinal);
        var annotation = Assert.Single(Check(bad).Annotations);
        Assert.Equal(("failure", "barcelona.yml", "failure"), (Check(bad).Conclusion, annotation.Path, annotation.Level));
        Assert.Contains(code, annotation.Title, StringComparison.Ordinal);
        Assert.Equal(line, ("# one line more\n" + manifest).Split('\n')[annotation.StartLine - 1].Trim());
        Assert.Contains(annotation.Message.TrimEnd('.'), Check(bad).Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_behind_the_services_own_load_balancer_is_told_at_its_line()
    {
        var manifest = Manifests.Worker.Replace(
            "command: bin/work}",
            "command: bin/work,\n         port_mappings: [\n           {lb_port: 9000, container_port: 9000}]}",
            StringComparison.Ordinal);
        var good = await PushAndSettleAsync(manifest);

        Every(new ImageBehaviour.NotListening(), but: good);
        var bad = await PushAndSettleAsync(manifest + "# bad\n");

        Assert.Contains("worker started but nothing answers on its port", Check(bad).Title, StringComparison.Ordinal);
        Assert.Contains("due to (reason Health checks failed)", Check(bad).Text, StringComparison.Ordinal);
        var annotation = Assert.Single(Check(bad).Annotations);
        Assert.Equal("{lb_port: 9000, container_port: 9000}]}", manifest.Split('\n')[annotation.StartLine - 1].Trim());
    }

    [Fact]
    public async Task Of_a_release_that_is_given_up_it_is_told_at_once_and_not_twice()
    {
        var (_, bad) = await UpdateAsync(NotThere);

        await Stage.RunUntilAsync(() => TitleOf(bad).StartsWith("Failing: ", StringComparison.Ordinal));
        Assert.Contains("BCN751", Assert.Single(Check(bad).Annotations).Title, StringComparison.Ordinal);
        await Stage.RunUntilQuietAsync();

        Assert.Single(Check(bad).Annotations);
    }

    private static string Web => Manifests.Shop[..Manifests.Shop.IndexOf("      - name: worker", StringComparison.Ordinal)];

    private static ImageBehaviour Behaviour(string cause) => cause switch
    {
        "pull" => NotThere,
        "registry" => new ImageBehaviour.PullFails("toomanyrequests: You have reached your pull rate limit."),
        "secret" => new ImageBehaviour.StartFails(
            "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve "
            + "secrets from ssm: service call has been retried 1 time(s): invalid parameters: /barcelona/default/shop/key"),
        "memory" => new ImageBehaviour.OutOfMemory(TimeSpan.FromSeconds(1)),
        "exit" => Crashes,
        "health" => new ImageBehaviour.NeverHealthy(),
        "port" => new ImageBehaviour.NotListening(),
        "start" => new ImageBehaviour.StartFails("CannotStartContainerError: exec: \"bundel\": executable file not found in $PATH: unknown"),
        _ => throw new ArgumentOutOfRangeException(nameof(cause), cause, "Not a cause."),
    };
}
