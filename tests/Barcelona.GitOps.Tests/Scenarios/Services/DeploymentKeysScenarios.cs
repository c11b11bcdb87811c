using Amazon.ECS.Model;
using Task = System.Threading.Tasks.Task;

namespace Barcelona.GitOps.Tests.Scenarios.Services;

/// <summary>The keys about how a service is deployed are what ECS has, at first and after a change; behind two endpoints it is behind both.</summary>
public sealed class DeploymentKeysScenarios : ServiceScenario
{
    [Fact]
    public async Task They_hold_at_first_and_after_a_change_and_then_nothing_is_left_to_do()
    {
        AddEndpoint("office");
        await AssertDeployedAsync(minimum: 50, maximum: 150, grace: 40, stop: 70);
        var second = await AssertDeployedAsync(minimum: 0, maximum: 100, grace: 90, stop: 20);

        var writes = Stage.Aws.Calls.Writes.Count;
        await Shop.RerequestAsync(Check(second).Id, "somebody");
        await Stage.RunUntilQuietAsync();
        Assert.Equal(writes, Stage.Aws.Calls.Writes.Count);
    }

    private static string Web(int minimum, int maximum, int grace, int stop) => Manifest($$"""
              - name: web
                service_type: web
                memory: 128
                command: bin/web
                stop_timeout: {{stop}}s
                deployment: {minimum_healthy_percent: {{minimum}}, maximum_percent: {{maximum}}, grace_period: {{grace}}s}
                listeners:
                  - endpoint: demo-endpoint
                  - endpoint: office
        """);

    private void AddEndpoint(string name) => Stage.District.Write(text =>
    {
        var other = Stage.Aws.SeedLoadBalancer(name, https: true, vpcId: text.Split("vpc_id: ")[1].Split('\n')[0]);
        return text + $"""
              {name}:
                existing:
                  http_listener_arn: "{other.HttpListenerArn}"
                  https_listener_arn: "{other.HttpsListenerArn}"
                  dns_name: {other.DnsName}

            """;
    });

    private async Task<string> AssertDeployedAsync(int minimum, int maximum, int grace, int stop)
    {
        var sha = await PushAndSettleAsync(Web(minimum, maximum, grace, stop));

        Assert.Equal(("success", "Deployed"), (Check(sha).Conclusion, Check(sha).Title?.Split(' ')[0]));
        var service = await ServiceAsync("Web");
        var settings = service.DeploymentConfiguration;
        Assert.Equal((minimum, maximum, grace), (settings.MinimumHealthyPercent, settings.MaximumPercent, service.HealthCheckGracePeriodSeconds));
        Assert.Equal(2, service.LoadBalancers.Select(l => l.TargetGroupArn).Distinct().Count());
        Assert.Equal(4, (await ResourcesAsync())["AWS::ElasticLoadBalancingV2::ListenerRule"].Count());
        using var ecs = Ecs();
        var request = new DescribeTaskDefinitionRequest { TaskDefinition = service.TaskDefinition };
        var definition = (await ecs.DescribeTaskDefinitionAsync(request, Stop)).TaskDefinition;
        Assert.Equal(stop, Assert.Single(definition.ContainerDefinitions).StopTimeout);
        return sha;
    }
}
