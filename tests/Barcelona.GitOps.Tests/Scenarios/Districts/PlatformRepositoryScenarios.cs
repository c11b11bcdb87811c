namespace Barcelona.GitOps.Tests.Scenarios.Districts;

/// <summary>What people see in the platform repository.</summary>
public sealed class PlatformRepositoryScenarios : DistrictScenario
{
    [Fact]
    public async Task A_mistake_in_one_file_does_not_stop_the_other()
    {
        var broken = Stage.District.Text.Replace("region:", "regoin:", StringComparison.Ordinal);

        var sha = await PushDistrictsAsync(("broken", broken), ("default", Stage.District.Text));

        Assert.Equal("success", DistrictCheck(sha).Conclusion);
        Assert.Equal("failure", DistrictCheck(sha, "broken").Conclusion);
        Assert.Contains(DistrictCheck(sha, "broken").Annotations, a => a.StartLine == 1 && a.Path == "districts/broken.yml");
    }

    [Fact]
    public async Task A_pull_request_is_told_what_is_wrong_with_every_file_and_nothing_is_asked_of_AWS()
    {
        await PushDistrictsAsync(("default", Stage.District.Text));
        var calls = Stage.Aws.Calls.Count;
        var fork = Platform.Fork("stranger");
        await fork.CommitAsync(
            "change", new Dictionary<string, string> { ["districts/other.yml"] = Stage.District.Text.Replace("region:", "regoin:", StringComparison.Ordinal) }, "Try");

        await Platform.OpenPullRequestAsync("change", fork);
        await Stage.RunUntilQuietAsync();

        var check = Assert.Single(Platform.CheckRuns, c => c.Name == "barcelona");
        Assert.Equal("failure", check.Conclusion);
        Assert.Contains(check.Annotations, a => a.Path == "districts/other.yml");
        Assert.Equal(calls, Stage.Aws.Calls.Count);
    }

    [Fact]
    public async Task Two_files_of_one_district_are_refused_and_both_are_named()
    {
        await PushDistrictsAsync(("default", Stage.District.Text));

        var sha = await Platform.CommitAsync(
            "main", new Dictionary<string, string> { ["districts/default.yaml"] = Stage.District.Text + "bastion: true\n" }, "Add a bastion");
        await Stage.RunUntilQuietAsync();

        Assert.Equal("failure", DistrictCheck(sha).Conclusion);
        Assert.Contains(
            DistrictCheck(sha).Annotations, a => a.Message.Contains("districts/default.yml and districts/default.yaml", StringComparison.Ordinal));
        Assert.Empty(Stage.Aws.Calls.Writes);
    }

    [Fact]
    public async Task A_repository_that_the_district_does_not_list_is_refused_on_its_district_line()
    {
        await PushDistrictsAsync(("default", Stage.District.Text.Replace("acme/*", "acme/other", StringComparison.Ordinal)));

        var sha = await PushAndSettleAsync(Manifests.Shop);

        Assert.Equal("failure", Check(sha).Conclusion);
        Assert.Contains(Check(sha).Annotations, a => a.StartLine == 4);
    }

    [Fact]
    public async Task A_service_that_starts_converges_what_was_pushed_while_it_was_down()
    {
        await Stage.StopServiceAsync();
        var sha = await CommitDistrictsAsync(("default", Stage.District.Text));

        await Stage.StartServiceAsync();
        await Stage.SweepAsync();

        Assert.Equal("success", DistrictCheck(sha).Conclusion);
    }
}
