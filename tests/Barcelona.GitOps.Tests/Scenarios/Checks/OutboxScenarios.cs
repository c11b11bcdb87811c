using Barcelona.GitOps.Sandbox.GitHub.Faults;
using Barcelona.GitOps.Sandbox.GitHub.Rest;

namespace Barcelona.GitOps.Tests.Scenarios.Checks;

/// <summary>What GitHub could not be told at once.</summary>
public sealed class OutboxScenarios : Scenario
{
    private const string CheckRun = "/repos/acme/shop/check-runs/*";

    /// <summary>Four deploys and a half.</summary>
    protected override StageOptions Options => new() { GitHubRequestsPerHour = 60 };

    [Fact]
    public async Task News_that_GitHub_did_not_hear_are_told_before_the_verdict()
    {
        Stage.GitHub.Faults.Add(new Fault.Status(502), "PATCH", CheckRun, times: 4);

        var sha = await PushAndSettleAsync(Manifests.Shop);

        var told = Updates();
        Assert.Equal(2, told.Count(r => r.StatusCode == 200));
        Assert.DoesNotContain("conclusion", told.First(r => r.StatusCode == 200).Body, StringComparison.Ordinal);
        Assert.Equal(200, told[^1].StatusCode);
        Assert.Equal("success", Check(sha).Conclusion);
    }

    [Fact]
    public async Task News_that_the_verdict_overtook_are_never_told()
    {
        // Longer than the deploy takes.
        Stage.GitHub.Faults.Add(new Fault.SecondaryRateLimit(TimeSpan.FromMinutes(10), 429), "PATCH", CheckRun);

        var sha = await PushAsync(Manifests.Shop);
        await Stage.RunForAsync(TimeSpan.FromMinutes(11));

        Assert.Equal([429, 200], Updates().Select(r => r.StatusCode));
        Assert.Equal("success", Check(sha).Conclusion);
    }

    [Fact]
    public async Task A_limit_is_kept_to_the_second_and_holds_up_no_deploy()
    {
        var sha = await PushAsync(Manifests.Shop);
        Stage.GitHub.Faults.Add(new Fault.PrimaryRateLimit(TimeSpan.FromMinutes(20)), "PATCH", CheckRun);
        await Stage.RunForAsync(TimeSpan.FromMinutes(5));
        var asked = Stage.GitHub.Requests.Count();
        Assert.Equal(2, Stage.Aws.Calls.Of("cloudformation", "CreateStack").Count);

        await Stage.RunForAsync(TimeSpan.FromMinutes(10));
        Assert.Equal(asked, Stage.GitHub.Requests.Count());

        await Stage.RunForAsync(TimeSpan.FromMinutes(6));
        Assert.Equal("success", Check(sha).Conclusion);
    }

    [Fact]
    public async Task While_the_budget_is_scarce_only_verdicts_are_told()
    {
        await PushAndSettleAsync(Manifests.Shop);
        Assert.Equal(2, Updates().Count);
        await PushAndSettleAsync(Manifests.Shop + "# 2\n");
        await PushAndSettleAsync(Manifests.Shop + "# 3\n");
        var before = Updates().Count;

        var sha = await PushAndSettleAsync(Manifests.Shop + "# 4\n");

        Assert.Single(Updates().Skip(before));
        Assert.Equal("success", Check(sha).Conclusion);
    }

    private List<GitHubRequest> Updates() => [.. Stage.GitHub.Requests.Where(r => r.Method == "PATCH" && r.Path.Contains("/check-runs/", StringComparison.Ordinal))];
}
