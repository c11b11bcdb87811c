using Barcelona.GitOps.Sandbox.Aws.Faults;

namespace Barcelona.GitOps.Tests.Scenarios.Districts.Trouble;

/// <summary>Newer pushes, and the button that asks for a district again.</summary>
public sealed class InterruptionScenarios : DistrictScenario
{
    private const string Stack = "barcelona-default";

    [Fact]
    public async Task A_newer_push_of_the_file_supersedes_and_its_word_is_the_last()
    {
        var first = await CommitDistrictsAsync(("default", DistrictTexts.Made));
        await Stage.RunForAsync(TimeSpan.FromSeconds(10));
        Assert.Equal("in_progress", DistrictCheck(first).Status);

        var second = await PushDistrictsAsync(("default", DistrictTexts.With("t3.small", "t3.medium")));

        Assert.Equal(("completed", "cancelled"), (DistrictCheck(first).Status, DistrictCheck(first).Conclusion));
        Assert.Contains(second[..7], $"{DistrictCheck(first).Title} {DistrictCheck(first).Summary}", StringComparison.Ordinal);
        Assert.Equal(("success", ""), (DistrictCheck(second).Conclusion, Errors(DistrictCheck(second))));
        Assert.Single(CreatedStacks(), s => s == Stack);
        Assert.Single(Stage.Aws.Calls.Of("cloudformation", "UpdateStack"), c => NameOf(c) == Stack);
    }

    [Fact]
    public async Task A_push_beside_the_file_does_not_disturb_what_is_under_way()
    {
        var first = await CommitDistrictsAsync(("default", DistrictTexts.Made));
        await Stage.RunForAsync(TimeSpan.FromSeconds(10));

        var second = await Platform.CommitAsync("main", new Dictionary<string, string> { ["README.md"] = "districts" }, "Say what this is");
        await Stage.RunUntilQuietAsync();

        Assert.Equal(("success", ""), (DistrictCheck(first).Conclusion, Errors(DistrictCheck(first))));
        Assert.DoesNotContain(Platform.CheckRuns, c => c.HeadSha == second);
    }

    [Fact]
    public async Task The_button_makes_what_failed_before()
    {
        Stage.Aws.Faults.FailResource("AWS::EC2::VPC", "The maximum number of VPCs has been reached.");
        var sha = await PushDistrictsAsync(("default", DistrictTexts.Made));
        Assert.Equal("failure", DistrictCheck(sha).Conclusion);

        await Platform.RerequestAsync(DistrictCheck(sha).Id, "maintainer");
        await Stage.RunUntilQuietAsync();

        var checks = Platform.CheckRuns.Where(c => c.Name == "barcelona/district/default").ToList();
        Assert.Equal(["failure", "success"], checks.Select(c => c.Conclusion));
        Assert.Equal("", Errors(checks[^1]));
    }

    [Fact]
    public async Task The_button_on_a_district_that_is_there_writes_nothing()
    {
        var sha = await PushDistrictsAsync(("default", DistrictTexts.Made));
        var writes = Stage.Aws.Calls.Writes.Count;

        await Platform.RerequestAsync(DistrictCheck(sha).Id, "maintainer");
        await Stage.RunUntilQuietAsync();

        Assert.All(Platform.CheckRuns, c => Assert.Equal("success", c.Conclusion));
        Assert.Equal(writes, Stage.Aws.Calls.Writes.Count);
    }

    [Fact]
    public async Task The_button_on_a_broken_file_says_the_same_again()
    {
        var sha = await PushDistrictsAsync(("default", DistrictTexts.With("region:", "regoin:")));

        await Platform.RerequestAsync(DistrictCheck(sha).Id, "maintainer");
        await Stage.RunUntilQuietAsync();

        Assert.Equal(("completed", "failure"), (DistrictCheck(sha).Status, DistrictCheck(sha).Conclusion));
        Assert.Contains(DistrictCheck(sha).Annotations, a => a.StartLine == 1);
    }

    [Fact]
    public async Task After_hours_without_the_service_the_verdict_is_what_AWS_has_come_to()
    {
        await PushDistrictsAsync(("default", DistrictTexts.Made));

        var changed = await WithoutServiceAsync(DistrictTexts.With("t3.small", "t3.medium"));
        Assert.Equal(("success", ""), (DistrictCheck(changed).Conclusion, Errors(DistrictCheck(changed))));

        Stage.Aws.Faults.FailResource("AWS::EC2::LaunchTemplate", "There is no such instance type here.");
        var broken = await WithoutServiceAsync(DistrictTexts.With("t3.small", "t3.large"));
        Assert.Equal("failure", DistrictCheck(broken).Conclusion);
        Assert.StartsWith("Failed: CloudFormation could not make or change", DistrictCheck(broken).Title, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "success", "")]
    [InlineData(9_999, "failure", "It was not finished after 120 minutes: AWS denied cloudformation:DescribeStacks")]
    public async Task What_stands_in_the_way_of_that_look_is_tried_again_and_keeps_no_run_for_ever(int times, string conclusion, string says)
    {
        await PushDistrictsAsync(("default", DistrictTexts.Made));

        var sha = await WithoutServiceAsync(DistrictTexts.With("t3.small", "t3.medium"), () => Stage.Aws.Faults.Error(
            new FaultMatch("cloudformation", "DescribeStacks") { Times = times }, "AccessDenied",
            "User: x is not authorized to perform: cloudformation:DescribeStacks"));

        Assert.Equal(conclusion, DistrictCheck(sha).Conclusion);
        Assert.Contains(says, DistrictCheck(sha).Title, StringComparison.Ordinal);
    }

    private async Task<string> WithoutServiceAsync(string text, Action? happens = null)
    {
        var before = Updates();
        var sha = await CommitDistrictsAsync(("default", text));
        await Stage.RunUntilAsync(() => Updates() > before);
        await Stage.StopServiceAsync();
        Stage.Clock.Advance(TimeSpan.FromHours(3));
        happens?.Invoke();
        await Stage.StartServiceAsync();
        await Stage.RunUntilQuietAsync();
        return sha;
    }

    private int Updates() => Stage.Aws.Calls.Of("cloudformation", "UpdateStack").Count;
}
