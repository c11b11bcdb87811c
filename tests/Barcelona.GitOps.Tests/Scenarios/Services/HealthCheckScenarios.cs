using Amazon.ElasticLoadBalancingV2.Model;
using Barcelona.GitOps.Sandbox.Aws.Images;
using Barcelona.GitOps.Tests.Scenarios.Checks;
using Task = System.Threading.Tasks.Task;

namespace Barcelona.GitOps.Tests.Scenarios.Services;

/// <summary>
/// ECS goes back within a service and knows nothing of its target group: that one is CloudFormation's, and must go back as well, or what ran before
/// is asked for a path that it does not have. https://github.com/aws/copilot-cli/issues/4838
/// </summary>
public sealed class HealthCheckScenarios : ServiceScenario
{
    public static TheoryData<string, ImageBehaviour> Failures => new()
    {
        { "ECS's circuit breaker went back", new ImageBehaviour.NeverHealthy() },
        { "The update was given up, and AWS went back", new ImageBehaviour.PullFails("manifest unknown") },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_release_that_fails_leaves_no_health_check_of_its_own_behind(string wayBack, ImageBehaviour failing)
    {
        var good = await PushAndSettleAsync(Manifests.Shop);
        Stage.Aws.Images.Set("acme/shop:*", failing);
        Stage.Aws.Images.Set($"acme/shop:{good}", new ImageBehaviour.Healthy());
        var seen = new SortedSet<string>(StringComparer.Ordinal);

        var bad = await PushAsync(Manifests.Shop.Replace("health_check_path: /\n", "health_check_path: /up\n", StringComparison.Ordinal));
        while (Shop.CheckRuns.LastOrDefault(c => c.HeadSha == bad && c.Name == "barcelona/production") is not { Status: "completed" })
        {
            await Stage.RunForAsync(TimeSpan.FromSeconds(5));
            seen.Add(await CheckedPathAsync());
        }

        Assert.Equal(["/", "/up"], seen);
        Assert.Equal("failure", Check(bad).Conclusion);
        Assert.Contains(wayBack, Check(bad).Title, StringComparison.Ordinal);
        Assert.Equal("/", await CheckedPathAsync());
        Assert.Equal([$"acme/shop:{good}"], await Serving.ImagesBehindAsync(Stage, "web"));
    }

    private async Task<string> CheckedPathAsync()
    {
        var group = Assert.Single((await ServiceAsync("Web")).LoadBalancers).TargetGroupArn;
        var groups = await Serving.Session(Stage).LoadBalancing.DescribeTargetGroupsAsync(
            new DescribeTargetGroupsRequest { TargetGroupArns = [group] }, Stop);
        return Assert.Single(groups.TargetGroups).HealthCheckPath;
    }
}
