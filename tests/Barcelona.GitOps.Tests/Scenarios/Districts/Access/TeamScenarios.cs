namespace Barcelona.GitOps.Tests.Scenarios.Districts.Access;

/// <summary>A team's policy that somebody has attached: AWS neither replaces nor deletes it.</summary>
public sealed class TeamScenarios : DistrictScenario
{
    private const string Stack = "barcelona-default";
    private const string Policy = "TeamPolicyOpsAtAcme";

    private static string With(string right) => DistrictTexts.Made + $"teams:\n  acme/ops: {right}\n";

    [Fact]
    public async Task Another_right_is_given_to_whoever_has_the_policy_already()
    {
        await PushDistrictsAsync(("default", With("deploy")));
        var policy = await PolicyAsync();
        Stage.Aws.AttachPolicy(policy);

        var sha = await PushDistrictsAsync(("default", With("admin")));

        Assert.Equal(("success", ""), (DistrictCheck(sha).Conclusion, Errors(DistrictCheck(sha))));
        Assert.Equal(policy, await PolicyAsync());
    }

    [Fact]
    public async Task A_team_that_goes_has_its_policy_left_behind_and_the_check_says_so()
    {
        await PushDistrictsAsync(("default", With("deploy")));
        var policy = await PolicyAsync();
        Stage.Aws.AttachPolicy(policy);

        var sha = await PushDistrictsAsync(("default", DistrictTexts.Made));

        var check = DistrictCheck(sha);
        Assert.Equal(("success", ""), (check.Conclusion, Errors(check)));
        Assert.Contains("detach it by hand before", check.Text, StringComparison.Ordinal);
        Assert.True(Stage.Aws.HasPolicy(policy));
    }

    [Fact]
    public async Task A_district_goes_once_the_policy_is_detached()
    {
        await PushDistrictsAsync(("default", With("deploy")));
        var policy = await PolicyAsync();
        var people = Stage.Aws.AttachPolicy(policy);

        var stuck = await PushDistrictsAsync(("default", With("deploy") + "delete: true\n"));

        Assert.Equal("failure", DistrictCheck(stuck).Conclusion);
        Assert.Contains("until then the teams keep their rights", DistrictCheck(stuck).Text, StringComparison.Ordinal);
        Assert.Contains("Cannot delete a policy attached to entities", DistrictCheck(stuck).Text, StringComparison.Ordinal);
        Assert.True(Stage.Aws.HasPolicy(policy));

        Stage.Aws.DetachPolicies(people);
        var gone = await PushDistrictsAsync(("default", With("deploy") + "delete: true\n# once more\n"));

        Assert.Equal(("success", ""), (DistrictCheck(gone).Conclusion, Errors(DistrictCheck(gone))));
        Assert.False(Stage.Aws.HasPolicy(policy));
    }

    private async Task<string> PolicyAsync()
    {
        var stacks = await Console().CloudFormation.DescribeStacksAsync(new() { StackName = Stack }, Stop);
        return Assert.Single(Assert.Single(stacks.Stacks).Outputs, o => o.OutputKey == Policy).OutputValue;
    }
}
