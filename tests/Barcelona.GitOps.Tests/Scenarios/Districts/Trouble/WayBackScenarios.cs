using Barcelona.GitOps.Sandbox.Aws.Faults;

namespace Barcelona.GitOps.Tests.Scenarios.Districts.Trouble;

/// <summary>Back to what ran before, and round in circles: a run ends when there is nothing left that it could do.</summary>
public sealed class WayBackScenarios : DistrictScenario
{
    private const string Stack = "barcelona-default";

    [Fact]
    public async Task Back_to_the_file_before_the_one_that_failed_there_is_nothing_to_do()
    {
        var first = await PushDistrictsAsync(("default", DistrictTexts.Made));
        Stage.Aws.Faults.FailResource("AWS::AutoScaling::AutoScalingGroup", "Your requested instance type (t3.medium) is not supported.");
        var bad = await PushDistrictsAsync(("default", DistrictTexts.With("t3.small", "t3.medium")));
        Assert.Equal("failure", DistrictCheck(bad).Conclusion);
        var (writes, before) = (StackWrites().Count, Stage.Clock.GetUtcNow());

        await Platform.ForcePushAsync("main", first);
        await Stage.RunUntilQuietAsync();

        var check = Platform.CheckRuns.Last(c => c.HeadSha == first && c.Name == "barcelona/district/default");
        Assert.Equal(("success", ""), (check.Conclusion, Errors(check)));
        Assert.Equal(writes, StackWrites().Count);
        Assert.True(Stage.Clock.GetUtcNow() - before < TimeSpan.FromMinutes(20));
    }

    [Fact]
    public async Task A_stack_that_somebody_kept_half_way_and_that_needs_no_update_is_not_asked_again_and_again()
    {
        await PushDistrictsAsync(("default", DistrictTexts.Made));
        Stage.Aws.Faults.Error(
            new FaultMatch("cloudformation", "UpdateStack") { Times = 1_000 }, "ValidationError", "No updates are to be performed.");

        var sha = await PushDistrictsAsync(("default", DistrictTexts.With("max: 3", "max: 4")));

        Assert.Equal("success", DistrictCheck(sha).Conclusion);
        Assert.Single(Stage.Aws.Calls.Of("cloudformation", "UpdateStack"), c => c.StatusCode == 400);
    }

    [Theory]
    [InlineData("Fingerprint", "", "Fingerprint was given as")]
    [InlineData("Zones", " ", "Zones was given as")]
    public async Task A_value_that_AWS_keeps_in_another_form_ends_the_run_with_its_name(string parameter, string blank, string words)
    {
        Stage.Aws.Faults.ReadParameterAs(
            parameter, v => blank.Length > 0 ? v.Replace(",", $",{blank}", StringComparison.Ordinal) : v.ToUpperInvariant());
        var before = Stage.Clock.GetUtcNow();

        var sha = await PushDistrictsAsync(("default", DistrictTexts.Made));

        Assert.Equal(("completed", "failure"), (DistrictCheck(sha).Status, DistrictCheck(sha).Conclusion));
        Assert.Contains(words, DistrictCheck(sha).Text, StringComparison.Ordinal);
        Assert.InRange(StackWrites().Count, 1, 8);
        Assert.True(Stage.Clock.GetUtcNow() - before < TimeSpan.FromHours(1));
    }
}
