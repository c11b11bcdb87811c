namespace Barcelona.GitOps.Tests.Scenarios.Districts.Trouble;

/// <summary>What AWS refuses in the middle of it.</summary>
public sealed class FailedDistrictScenarios : DistrictScenario
{
    private const string Stack = "barcelona-default";

    [Theory]
    [InlineData("AWS::EC2::VPC", "The maximum number of VPCs has been reached.")]
    [InlineData("AWS::AutoScaling::AutoScalingGroup", "You have requested more vCPU capacity than your current limit allows.")]
    public async Task A_creation_that_fails_says_why_and_leaves_nothing_and_the_next_push_makes_it(string resource, string reason)
    {
        Stage.Aws.Faults.FailResource(resource, reason);

        var bad = await PushDistrictsAsync(("default", DistrictTexts.Made));

        Assert.Equal("failure", DistrictCheck(bad).Conclusion);
        Assert.Contains(reason, DistrictCheck(bad).Text, StringComparison.Ordinal);
        Assert.Contains($"stack {Stack} is taken away again", DistrictCheck(bad).Title, StringComparison.Ordinal);
        Assert.Equal([Stack], CreatedStacks());
        Assert.Contains(Stage.Aws.Calls.Of("cloudformation", "DeleteStack"), c => NameOf(c).Contains(Stack, StringComparison.Ordinal));

        // Nobody has touched the district's file: that it never got there is reason enough.
        var good = await Platform.CommitAsync("main", new Dictionary<string, string> { ["README.md"] = "districts" }, "Say what this is");
        await Stage.RunUntilQuietAsync();

        Assert.Equal(("success", ""), (DistrictCheck(good).Conclusion, Errors(DistrictCheck(good))));
    }

    [Fact]
    public async Task An_endpoint_that_fails_says_why_and_the_district_stays()
    {
        Stage.Aws.Faults.FailResource("AWS::ElasticLoadBalancingV2::LoadBalancer", "The maximum number of load balancers has been reached.");

        var bad = await PushDistrictsAsync(("default", DistrictTexts.Made));

        Assert.Equal("failure", DistrictCheck(bad).Conclusion);
        Assert.Contains("maximum number of load balancers", DistrictCheck(bad).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Stage.Aws.Calls.Of("cloudformation", "DeleteStack"), c => NameOf(c).Contains(Stack + "/", StringComparison.Ordinal));

        var good = await PushDistrictsAsync(("default", DistrictTexts.Made + "# once more\n"));

        Assert.Equal(("success", ""), (DistrictCheck(good).Conclusion, Errors(DistrictCheck(good))));
        Assert.Single(CreatedStacks(), s => s == Stack);
    }

    [Fact]
    public async Task An_update_that_fails_is_rolled_back_and_said_and_the_next_one_works()
    {
        await PushDistrictsAsync(("default", DistrictTexts.Made));
        var writes = StackWrites().Count;
        Stage.Aws.Faults.FailResource("AWS::AutoScaling::AutoScalingGroup", "Your requested instance type (t3.medium) is not supported.");

        var bad = await PushDistrictsAsync(("default", DistrictTexts.With("t3.small", "t3.medium")));

        Assert.Equal("failure", DistrictCheck(bad).Conclusion);
        Assert.Contains("is not supported", DistrictCheck(bad).Text, StringComparison.Ordinal);
        Assert.Contains($"Stack {Stack} was rolled back", DistrictCheck(bad).Title, StringComparison.Ordinal);
        Assert.Equal([Stack], StackWrites().Skip(writes).Select(NameOf));

        var good = await PushDistrictsAsync(("default", DistrictTexts.With("t3.small", "t3.large")));

        Assert.Equal(("success", ""), (DistrictCheck(good).Conclusion, Errors(DistrictCheck(good))));
    }
}
