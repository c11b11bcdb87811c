using Amazon.CloudFormation.Model;
using Amazon.ElasticLoadBalancingV2.Model;
using Barcelona.GitOps.Tests.Aws;
using Microsoft.Extensions.Time.Testing;

namespace Barcelona.GitOps.Tests.Scenarios.Districts;

/// <summary>The example of the README in a made district: where its requests come from, and what a deploy asks of AWS.</summary>
public sealed class ExampleScenarios : DistrictScenario
{
    private const string Account = "123456789012";

    /// <summary>Begins now: the test asks AWS itself, and the SDK compares the expiry of credentials with the machine's clock.</summary>
    protected override StageOptions Options => base.Options with { Clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow()) };

    [Fact]
    public async Task The_example_is_registered_behind_the_listener_that_its_endpoint_made()
    {
        await PushDistrictsAsync(("default", DistrictTexts.Made));

        var sha = await PushAndSettleAsync(Examples.Sinatra);

        Assert.Equal(("completed", "success", ""), (Check(sha).Status, Check(sha).Conclusion, Errors(Check(sha))));
        using var aws = new AwsHarness(Stage.Sandbox.AwsUrl, Account);
        var endpoint = await aws.Session.CloudFormation.DescribeStacksAsync(
            new DescribeStacksRequest { StackName = "barcelona-endpoint--default--demo-endpoint" }, Stop);
        var listener = Assert.Single(endpoint.Stacks).Outputs.Single(o => o.OutputKey == "HttpListenerArn").OutputValue;
        var rules = await aws.Session.LoadBalancing.DescribeRulesAsync(new DescribeRulesRequest { ListenerArn = listener }, Stop);
        var rule = Assert.Single(rules.Rules, r => r.Priority != "default");
        var health = await aws.Session.LoadBalancing.DescribeTargetHealthAsync(
            new DescribeTargetHealthRequest { TargetGroupArn = Assert.Single(rule.Actions).TargetGroupArn }, Stop);
        Assert.Equal("healthy", Assert.Single(health.TargetHealthDescriptions).TargetHealth.State.Value);
    }

    [Fact]
    public async Task A_deploy_that_changes_nothing_asks_for_the_made_parts_once_and_writes_nothing()
    {
        await PushDistrictsAsync(("default", DistrictTexts.Made));
        await PushAndSettleAsync(Examples.SinatraOfOneImage);
        var before = Stage.Aws.Calls.Count;

        var sha = await PushAndSettleAsync(Examples.SinatraOfOneImage + "# words\n");

        Assert.Equal(("success", ""), (Check(sha).Conclusion, Errors(Check(sha))));
        var calls = Stage.Aws.Calls.Skip(before).ToList();
        Assert.Empty(calls.Where(c => c.IsWrite).Select(c => c.ToString()));
        Assert.Equal(
            [
                "DescribeServices",
                "DescribeStacks barcelona-app--default--sinatra-demo",
                "DescribeStacks barcelona-default",
                "DescribeStacks barcelona-endpoint--default--demo-endpoint",
                "DescribeStacks barcelona-heritage--default--sinatra-demo",
            ],
            calls.Select(c => $"{c.Operation} {NameOf(c)}".TrimEnd()).Order(StringComparer.Ordinal));
    }
}
