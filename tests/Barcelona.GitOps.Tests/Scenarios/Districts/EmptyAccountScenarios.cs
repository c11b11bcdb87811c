using System.Text.Json.Nodes;

namespace Barcelona.GitOps.Tests.Scenarios.Districts;

/// <summary>From an empty account to a running application, and on from there.</summary>
public sealed class EmptyAccountScenarios : DistrictScenario
{
    private const string DistrictStack = "barcelona-default", EndpointStack = "barcelona-endpoint--default--demo-endpoint";

    [Fact]
    public async Task A_push_makes_the_district_then_its_endpoint_and_an_application_runs_behind_it()
    {
        var sha = await PushDistrictsAsync(("default", DistrictTexts.Made));

        var check = DistrictCheck(sha);
        Assert.Equal(("success", "", $"default is as {sha[..7]} says"), (check.Conclusion, Errors(check), check.Title));
        Assert.Equal([DistrictStack, EndpointStack], CreatedStacks());
        Assert.Contains("create stack barcelona\\-default", check.Text, StringComparison.Ordinal);
        TestContext.Current.TestOutputHelper?.WriteLine($"Calls to make a district and an endpoint: {CallCounts()}");

        var app = await PushAndSettleAsync(Manifests.Shop);

        Assert.Equal(("success", ""), (Check(app).Conclusion, Errors(Check(app))));
        Assert.Contains("barcelona-app--default--shop", CreatedStacks());
    }

    [Fact]
    public async Task Instances_come_only_once_their_group_has_its_capacity_provider()
    {
        await PushDistrictsAsync(("default", DistrictTexts.Made));

        var given = StackWrites().Where(c => NameOf(c) == DistrictStack)
            .Select(c => (c.Request["Parameters"] as JsonArray)?.Single(p => (string?)p?["ParameterKey"] == "InstanceMin"));
        Assert.Equal(["0", "1"], given.Select(p => (string?)p?["ParameterValue"]));
    }

    [Fact]
    public async Task A_second_push_without_changes_writes_nothing_and_a_word_in_a_comment_changes_nothing_either()
    {
        await PushDistrictsAsync(("default", DistrictTexts.Made));
        var writes = Stage.Aws.Calls.Writes.Count;
        var calls = Stage.Aws.Calls.Count;

        await Platform.CommitAsync("main", new Dictionary<string, string> { ["README.md"] = "districts" }, "Say what this is");
        await Stage.RunUntilQuietAsync();
        Assert.Equal(calls, Stage.Aws.Calls.Count);

        var commented = await PushDistrictsAsync(("default", DistrictTexts.Made + "# words\n"));
        Assert.Equal("success", DistrictCheck(commented).Conclusion);
        Assert.Empty(Stage.Aws.Calls.Writes.Skip(writes).Select(c => c.ToString()));
    }

    [Fact]
    public async Task Another_cidr_block_is_refused_on_its_line_whatever_the_file_accepts()
    {
        await PushDistrictsAsync(("default", DistrictTexts.Made));
        var writes = Stage.Aws.Calls.Writes.Count;

        var sha = await PushDistrictsAsync(("default", DistrictTexts.With("10.1.0.0/16", "10.2.0.0/16") + "allow_replacement: [Vpc]\n"));

        var check = DistrictCheck(sha);
        Assert.Equal("failure", check.Conclusion);
        Assert.Contains(check.Annotations, a => a.StartLine == 5 && a.Message.Contains("Vpc", StringComparison.Ordinal));
        Assert.Equal(writes, Stage.Aws.Calls.Writes.Count);
    }

    [Fact]
    public async Task Another_instance_type_rolls_the_instances_and_changes_nothing_else()
    {
        await PushDistrictsAsync(("default", DistrictTexts.Made));
        var writes = StackWrites().Count;

        var sha = await PushDistrictsAsync(("default", DistrictTexts.With("t3.small", "t3.medium")));

        var check = DistrictCheck(sha);
        Assert.Equal(("success", ""), (check.Conclusion, Errors(check)));
        Assert.Contains("are rolled, one at a time", check.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("replaced", check.Text, StringComparison.Ordinal);
        Assert.Equal([DistrictStack], StackWrites().Skip(writes).Select(NameOf));
    }

    [Fact]
    public async Task Two_districts_with_nat_instances_live_in_one_account_and_region()
    {
        var text = DistrictTexts.With("managed_gateway", "instance");

        var sha = await PushDistrictsAsync(("default", text), ("other", text.Replace("10.1.", "10.2.", StringComparison.Ordinal)));

        Assert.Equal(("success", "success"), (DistrictCheck(sha).Conclusion, DistrictCheck(sha, "other").Conclusion));
    }

    [Fact]
    public async Task A_district_goes_only_when_nobody_lives_there_and_says_what_stays()
    {
        await PushDistrictsAsync(("default", DistrictTexts.Made));
        await PushAndSettleAsync(Manifests.Shop);
        var gone = DistrictTexts.Made + "delete: true\n";

        var refused = await PushDistrictsAsync(("default", gone));
        Assert.Equal("failure", DistrictCheck(refused).Conclusion);
        Assert.Contains(
            DistrictCheck(refused).Annotations,
            a => a.StartLine == 16 && a.Message.Contains("barcelona-app--default--shop", StringComparison.Ordinal));
        Assert.Empty(Stage.Aws.Calls.Of("cloudformation", "DeleteStack"));
    }

    [Fact]
    public async Task An_empty_district_goes_endpoints_first_and_its_bucket_stays()
    {
        await PushDistrictsAsync(("default", DistrictTexts.Made));

        var sha = await PushDistrictsAsync(("default", DistrictTexts.Made + "delete: true\n"));

        var check = DistrictCheck(sha);
        Assert.Equal(("success", ""), (check.Conclusion, Errors(check)));
        Assert.Equal(
            [EndpointStack, DistrictStack],
            Stage.Aws.Calls.Of("cloudformation", "DeleteStack").Select(c => NameOf(c).Split('/').First(p => p.StartsWith("barcelona", StringComparison.Ordinal))));
        Assert.Contains("stays, with everything in it", check.Text, StringComparison.Ordinal);
        Assert.Contains("containerinsights", check.Text, StringComparison.Ordinal);

        var app = await PushAndSettleAsync(Manifests.Shop);
        Assert.Equal("failure", Check(app).Conclusion);
        Assert.Contains(Check(app).Annotations, a => a.StartLine == 4 && a.Message.Contains("taken down", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Once_its_applications_are_gone_a_district_goes_and_says_what_stays()
    {
        await PushDistrictsAsync(("default", DistrictTexts.Made));
        await PushAndSettleAsync(Manifests.Shop);
        var gone = DistrictTexts.Made + "delete: true\n";
        await PushDistrictsAsync(("default", gone));
        await DeleteByHandAsync("barcelona-app--default--shop");
        await DeleteByHandAsync("barcelona-heritage--default--shop");

        var sha = await PushDistrictsAsync(("default", gone + "# now\n"));

        Assert.Equal(("success", ""), (DistrictCheck(sha).Conclusion, Errors(DistrictCheck(sha))));
        Assert.Contains("stays, with everything in it", DistrictCheck(sha).Text, StringComparison.Ordinal);
        Assert.Contains("Log groups below \\/barcelona\\/default\\/ stay", DistrictCheck(sha).Text, StringComparison.Ordinal);
    }

    private string CallCounts() =>
        string.Join(", ", Stage.Aws.Calls.GroupBy(c => $"{c.Service}:{c.Operation}").OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => $"{g.Key} {g.Count()}"));
}
