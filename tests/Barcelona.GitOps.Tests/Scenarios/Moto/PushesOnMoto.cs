using System.Text.Json.Nodes;
using Barcelona.GitOps.Tests.Aws.Moto;

namespace Barcelona.GitOps.Tests.Scenarios.Moto;

public sealed class PushesOnMoto(MotoServer moto) : MotoScenario(moto)
{
    [Fact]
    public async Task The_next_push_updates_both_services_and_makes_none()
    {
        await PushAndSettleAsync(Manifests.Shop);
        var sha = await PushAndSettleAsync(Manifests.Shop + "# more\n");

        var image = Stage.Registry.Deployed($"acme/shop:{sha}");
        Assert.Equal([image, image], (await Account.ImagesAsync(Stop)).Values);
        Assert.Equal(("completed", "success"), (Check(sha).Status, Check(sha).Conclusion));
        Assert.Equal("success", Shop.Deployments[^1].Statuses[^1].State);
        Assert.Equal(4, Rollouts.Begun);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_tag_deploys_the_environment_that_tags_deploy_with_its_image(bool annotated)
    {
        var sha = await PushAndSettleAsync(Manifests.Tagged);
        Assert.Equal(["default--shop-staging--worker"], (await Account.ImagesAsync(Stop)).Keys);

        await Shop.TagAsync("v1.4.0", sha, annotated);
        await Stage.RunUntilQuietAsync();

        var images = await Account.ImagesAsync(Stop);
        Assert.Equal(
            (Stage.Registry.Deployed("acme/shop:v1.4.0"), Stage.Registry.Deployed($"acme/shop:{sha}")),
            (images["default--shop--worker"], images["default--shop-staging--worker"]));
        Assert.Equal(("completed", "success", "Deployed v1.4.0 to default/shop"), (Check(sha).Status, Check(sha).Conclusion, Check(sha).Title));
        Assert.Equal(["staging", "production"], Shop.Deployments.Select(d => d.Environment));
        Assert.All(Shop.Deployments, d => Assert.Equal("success", d.Statuses[^1].State));
    }

    [Fact]
    public async Task A_second_push_of_the_same_content_writes_nothing_to_AWS()
    {
        await PushAndSettleAsync(Manifests.FixedImage);
        var before = Writes.Count;
        Assert.NotEqual(0, before);

        var sha = await Shop.CommitAsync("main", new Dictionary<string, string> { ["README"] = "words" }, "Say more");
        await Stage.RunUntilQuietAsync();

        Assert.Equal(("completed", "success"), (Check(sha).Status, Check(sha).Conclusion));
        Assert.Empty(Writes.Skip(before).Select(c => c.Operation));
    }

    // moto makes a service of its cluster and its task definition alone, and a target group without its attributes: what it leaves out
    // silently can only be seen in what was sent.
    [Fact]
    public async Task The_template_that_is_sent_says_what_moto_leaves_out()
    {
        await PushAndSettleAsync(Manifests.Shop);

        var resources = SentResources("barcelona-app--default--shop");
        Assert.Equal(
            ["HttpRuleWebAtDemoEndpoint", "ServiceWeb", "ServiceWorker", "TargetGroupWebAtDemoEndpoint"],
            resources.Select(r => r.Key).Order(StringComparer.Ordinal));
        AssertJson(
            """
            {
              "Cluster": {"Ref": "Cluster"},
              "DeploymentConfiguration": {
                "Alarms": {"AlarmNames": [], "Enable": false, "Rollback": false},
                "DeploymentCircuitBreaker": {"Enable": true, "Rollback": true}, "MaximumPercent": 200, "MinimumHealthyPercent": 100
              },
              "EnableECSManagedTags": true,
              "EnableExecuteCommand": true,
              "HealthCheckGracePeriodSeconds": 0,
              "LaunchType": "EC2",
              "LoadBalancers": [{"ContainerName": "web", "ContainerPort": 3000, "TargetGroupArn": {"Ref": "TargetGroupWebAtDemoEndpoint"}}],
              "PropagateTags": "SERVICE",
              "TaskDefinition": {"Ref": "TaskDefinitionWeb"}
            }
            """,
            resources["ServiceWeb"]?["Properties"]);
        AssertJson("""["HttpRuleWebAtDemoEndpoint"]""", resources["ServiceWeb"]?["DependsOn"]);
        AssertJson(
            """
            {
              "Actions": [{"TargetGroupArn": {"Ref": "TargetGroupWebAtDemoEndpoint"}, "Type": "forward"}],
              "Conditions": [{"Field": "path-pattern", "Values": ["*"]}],
              "ListenerArn": {"Ref": "HttpListenerDemoEndpoint"},
              "Priority": {"Ref": "PriorityWebAtDemoEndpoint"}
            }
            """,
            resources["HttpRuleWebAtDemoEndpoint"]?["Properties"]);
        AssertJson(
            """[{"Key": "deregistration_delay.timeout_seconds", "Value": "60"}]""",
            resources["TargetGroupWebAtDemoEndpoint"]?["Properties"]?["TargetGroupAttributes"]);
        AssertJson(
            """
            {
              "Alarms": {"AlarmNames": [], "Enable": false, "Rollback": false},
              "DeploymentCircuitBreaker": {"Enable": true, "Rollback": true}, "MaximumPercent": 200, "MinimumHealthyPercent": 100
            }
            """,
            resources["ServiceWorker"]?["Properties"]?["DeploymentConfiguration"]);
        AssertJson("[]", resources["ServiceWorker"]?["Properties"]?["LoadBalancers"]);
    }

    /// <summary>moto knows no type of EventBridge Scheduler's and is silent about them.</summary>
    [Fact]
    public async Task The_template_that_is_sent_has_the_schedules()
    {
        var sha = await PushAndSettleAsync(Manifests.Shop.Replace(
            "    services:", "    scheduled_tasks: [{name: report, schedule: rate(1 hour), command: bin/report, retries: 2}]\n    services:", StringComparison.Ordinal));

        Assert.Equal("success", Check(sha).Conclusion);
        var resources = SentResources("barcelona-app--default--shop");
        AssertJson("""{"Name": "default--shop"}""", resources["Schedules"]?["Properties"]);
        AssertJson("""{"MessageRetentionPeriod": 1209600, "SqsManagedSseEnabled": true}""", resources["DeadLetters"]?["Properties"]);
        AssertJson("""{"Mode": "OFF"}""", resources["ScheduleReport"]?["Properties"]?["FlexibleTimeWindow"]);
        AssertJson("""{"MaximumRetryAttempts": 2}""", resources["ScheduleReport"]?["Properties"]?["Target"]?["RetryPolicy"]);
        AssertJson(
            """{"Ref": "TaskDefinitionReport"}""", resources["ScheduleReport"]?["Properties"]?["Target"]?["EcsParameters"]?["TaskDefinitionArn"]);
    }

    private static void AssertJson(string expected, JsonNode? actual)
    {
        var wanted = JsonNode.Parse(expected);
        Assert.True(JsonNode.DeepEquals(wanted, actual), $"Expected   {wanted?.ToJsonString()}\nbut it is  {actual?.ToJsonString()}");
    }
}
