using Barcelona.GitOps.Sandbox.Git;

namespace Barcelona.GitOps.Tests.Scenarios.Districts;

/// <summary>A district file that is gone.</summary>
public sealed class RemovedDistrictScenarios : DistrictScenario
{
    private const string CheckName = "barcelona/district/default";

    [Fact]
    public async Task Whoever_removes_the_file_is_told_once_what_stays_and_how_to_take_it_down()
    {
        await PushDistrictsAsync(("default", DistrictTexts.Made));
        var writes = Stage.Aws.Calls.Writes.Count;

        var sha = await RemoveAsync();

        var check = DistrictCheck(sha);
        Assert.Equal(("completed", "neutral", "districts/default.yml is gone; what it made stays"), (check.Status, check.Conclusion, check.Title));
        Assert.Contains("`delete: true`", check.Summary, StringComparison.Ordinal);
        Assert.Equal(writes, Stage.Aws.Calls.Writes.Count);

        var next = await Platform.CommitAsync("main", new Dictionary<string, string> { ["README.md"] = "districts" }, "Say what this is");
        await Stage.RunUntilQuietAsync();
        Assert.DoesNotContain(Platform.CheckRuns, c => c.HeadSha == next && c.Name == CheckName);
    }

    [Fact]
    public async Task The_button_says_the_same_again()
    {
        await PushDistrictsAsync(("default", DistrictTexts.Made));
        var sha = await RemoveAsync();

        await Platform.RerequestAsync(DistrictCheck(sha).Id, "maintainer");
        await Stage.RunUntilQuietAsync();

        Assert.Equal(("completed", "neutral"), (DistrictCheck(sha).Status, DistrictCheck(sha).Conclusion));
    }

    [Fact]
    public async Task Of_a_district_that_was_taken_down_there_is_nothing_to_say_and_with_its_file_back_one_is_made()
    {
        await PushDistrictsAsync(("default", DistrictTexts.Made));
        await PushDistrictsAsync(("default", DistrictTexts.Made + "delete: true\n"));

        var sha = await RemoveAsync();
        Assert.DoesNotContain(Platform.CheckRuns, c => c.HeadSha == sha && c.Name == CheckName);

        var back = await PushDistrictsAsync(("default", DistrictTexts.Made));
        Assert.Equal(("success", ""), (DistrictCheck(back).Conclusion, Errors(DistrictCheck(back))));
    }

    private async Task<string> RemoveAsync()
    {
        var sha = await Platform.CommitAsync("main", [new GitFile("districts/default.yml", null)], "Remove a district");
        await Stage.RunUntilQuietAsync();
        return sha;
    }
}
