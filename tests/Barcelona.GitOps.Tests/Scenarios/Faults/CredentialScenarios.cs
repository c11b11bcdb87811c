using Barcelona.GitOps.Sandbox.Aws.Faults;
using Barcelona.GitOps.Sandbox.GitHub;

namespace Barcelona.GitOps.Tests.Scenarios.Faults;

/// <summary>Credentials that AWS does not take, and whatever else it answers that nobody foresaw: somebody must mend that, and nothing hangs on it.</summary>
public sealed class CredentialScenarios : Scenario
{
    private static readonly string Asks = Manifests.Shop.Replace(
        "district: default\n", "district: default\n    deploy: {approve: [acme/ops]}\n", StringComparison.Ordinal);

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Shop.AddUser("octocat", "admin");
        Shop.AddUser("alice", "write");
        Stage.GitHub.People.AddToTeam("acme/ops", "alice");
    }

    [Theory]
    [InlineData("ExpiredToken", "The security token included in the request is expired")]
    [InlineData("InvalidClientTokenId", "The security token included in the request is invalid.")]
    [InlineData("SignatureDoesNotMatch", "The request signature we calculated does not match the signature you provided.")]
    public async Task Credentials_that_AWS_does_not_take_end_a_deploy_after_a_minute_and_the_check_says_so(string code, string message)
    {
        Refuse(code, message);

        var sha = await PushAsync(Manifests.Shop);
        await Stage.RunForAsync(TimeSpan.FromSeconds(30));
        Assert.Equal("in_progress", Check(sha).Status);
        await Stage.RunForAsync(TimeSpan.FromMinutes(2));

        Assert.Equal(("completed", "failure"), (Check(sha).Status, Check(sha).Conclusion));
        Assert.Contains($"AWS does not take the credentials in use ({code}): {message}", Check(sha).Title, StringComparison.Ordinal);
        Assert.DoesNotContain("The district's role lacks it", Check(sha).Title, StringComparison.Ordinal);
        Assert.Empty(Stage.Aws.Calls.Writes);
    }

    [Fact]
    public async Task Credentials_that_are_new_in_time_hold_up_a_deploy_and_no_more()
    {
        Refuse("ExpiredToken", "The security token included in the request is expired", times: 2);

        Assert.Equal("success", Check(await PushAndSettleAsync(Manifests.Shop)).Conclusion);
    }

    [Fact]
    public async Task Whoever_approves_meanwhile_is_told_and_the_run_comes_to_its_end()
    {
        var asked = await AskedAsync();
        Refuse("ExpiredToken", "The security token included in the request is expired");

        await Shop.RequestActionAsync(asked.Id, "approve", "alice");
        await Stage.RunForAsync(TimeSpan.FromMinutes(3));

        var check = Shop.CheckRuns.Last(c => c.HeadSha == asked.HeadSha);
        Assert.Equal("failure", check.Conclusion);
        Assert.Contains("AWS does not take the credentials in use (ExpiredToken)", check.Title, StringComparison.Ordinal);
        Assert.Contains("alice asked to approve", check.Text, StringComparison.Ordinal);
        Assert.Empty(Stage.Aws.Calls.Writes);
    }

    /// <summary>The run itself is looked at, and so its own time ends it.</summary>
    [Fact]
    public async Task A_button_whose_answer_fails_for_a_reason_that_nobody_foresaw_is_answered_and_holds_up_no_run()
    {
        var asked = await AskedAsync();
        Refuse("OptInRequired", "You are not subscribed to this service.");

        await Shop.RequestActionAsync(asked.Id, "approve", "alice");
        var sha = await PushAsync(Manifests.Shop);
        await Stage.RunForAsync(TimeSpan.FromMinutes(32));

        Assert.Equal("failure", Check(sha).Conclusion);
        Assert.Contains("You are not subscribed to this service.", Check(sha).Title, StringComparison.Ordinal);
        var text = Shop.CheckRuns.Last(c => c.HeadSha == asked.HeadSha).Text;
        Assert.Contains("alice asked to approve, and it could not be answered", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_button_whose_answer_fails_but_for_a_moment_is_answered_then()
    {
        var asked = await AskedAsync();
        Refuse("OptInRequired", "You are not subscribed to this service.", times: 2);

        await Shop.RequestActionAsync(asked.Id, "approve", "alice");
        await Stage.RunUntilQuietAsync();

        Assert.Equal("success", Shop.CheckRuns.Last(c => c.HeadSha == asked.HeadSha).Conclusion);
    }

    private async Task<SandboxCheckRun> AskedAsync()
    {
        var check = Check(await PushAndSettleAsync(Asks));
        Assert.Equal("action_required", check.Conclusion);
        return check;
    }

    private void Refuse(string code, string message, int times = 10_000) =>
        Stage.Aws.Faults.Error(new FaultMatch("cloudformation", "DescribeStacks") { Times = times }, code, message);
}
