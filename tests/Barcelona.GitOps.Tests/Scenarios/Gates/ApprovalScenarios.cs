using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Reconciliation.Acts;
using Barcelona.GitOps.Sandbox.Aws.Faults;
using Barcelona.GitOps.Sandbox.Aws.Images;
using Barcelona.GitOps.Sandbox.GitHub;
using Barcelona.GitOps.Sandbox.GitHub.Faults;
using Barcelona.GitOps.Storage.History;
using Barcelona.GitOps.Storage.Work;
using Barcelona.GitOps.Tests.Scenarios.Checks;
using Microsoft.Extensions.DependencyInjection;

namespace Barcelona.GitOps.Tests.Scenarios.Gates;

/// <summary>A deploy that somebody else has to let go.</summary>
public sealed class ApprovalScenarios : Scenario
{
    private static readonly string Asks = Manifests.Shop.Replace(
        "district: default\n", "district: default\n    deploy: {approve: [acme/ops]}\n", StringComparison.Ordinal);

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Shop.AddUser("octocat", "admin");
        foreach (var login in (string[])["octocat", "alice", "reader"])
        {
            Stage.GitHub.People.AddToTeam("acme/ops", login);
        }

        Shop.AddUser("alice", "write");
        Shop.AddUser("reader", "read");
        Shop.AddUser("bob", "write");
    }

    [Fact]
    public async Task It_asks_with_a_button_and_goes_on_in_a_check_of_its_own()
    {
        var asked = await AskedAsync();
        Assert.Equal(("completed", "action_required", "Waiting for approval by acme/ops"), (asked.Status, asked.Conclusion, asked.Title));
        Assert.Equal(["approve", "cancel"], asked.Actions.Select(a => a.Identifier));
        Assert.Equal("pending", Shop.Deployments.Single().Statuses[^1].State);
        Assert.Empty(Stage.Aws.Calls.Writes);

        await PressAsync(asked, "alice");

        var done = Assert.Single(Checks(asked.HeadSha), c => c.Id != asked.Id);
        Assert.Equal("success", done.Conclusion);
        Assert.Contains("| approved by | `alice` |", done.Summary, StringComparison.Ordinal);
        Assert.Equal("action_required", Checks(asked.HeadSha).Single(c => c.Id == asked.Id).Conclusion);
        Assert.Equal("success", Shop.Deployments.Single().Statuses[^1].State);
    }

    [Theory]
    [InlineData("octocat", "nobody approves what they wrote or pushed themselves")]
    [InlineData("bob", "is in none of the teams that approve: acme/ops")]
    [InlineData("reader", "may not push to acme/shop")]
    [InlineData("stranger", "may not push to acme/shop")]
    public async Task Whoever_may_not_is_told_on_the_check_and_nothing_happens(string login, string why)
    {
        var asked = await AskedAsync();

        await PressAsync(asked, login);

        var still = Assert.Single(Checks(asked.HeadSha));
        Assert.Equal("action_required", still.Conclusion);
        Assert.Contains($"{login} asked to approve, and was refused: {why}", Plain(still.Text), StringComparison.Ordinal);
        Assert.Empty(Stage.Aws.Calls.Writes);
    }

    [Fact]
    public async Task Whoever_presses_while_GitHub_is_away_is_answered_as_soon_as_it_is_back()
    {
        var asked = await AskedAsync();
        Stage.GitHub.Faults.Add(new Fault.Status(502), "GET", "/repos/*/collaborators/*", times: 4);
        await Shop.RequestActionAsync(asked.Id, "approve", "alice");
        await Stage.RunForAsync(TimeSpan.FromMinutes(2));

        Assert.Contains(Checks(asked.HeadSha), c => c.Conclusion == "success");
    }

    [Fact]
    public async Task Whoever_presses_while_AWS_is_away_keeps_no_newer_commit_waiting()
    {
        var asked = await AskedAsync();
        Stage.Aws.Faults.ServerError(new FaultMatch("cloudformation") { Times = 10_000 });
        await Shop.RequestActionAsync(asked.Id, "approve", "alice");
        await Stage.RunForAsync(TimeSpan.FromMinutes(1));

        var newer = await PushAsync(Asks + "# newer\n");
        await Stage.RunForAsync(TimeSpan.FromMinutes(1));

        Assert.NotEmpty(Checks(newer));
    }

    [Fact]
    public async Task A_district_with_teams_is_approved_to_by_whoever_deploys_there()
    {
        Stage.District.Write(text => text + "teams: {acme/deployers: deploy}\n");
        Stage.GitHub.People.AddToTeam("acme/deployers", "octocat");
        var asked = await AskedAsync();
        await PressAsync(asked, "alice");
        Assert.Contains(
            "'alice' is in no team that deploys to 'default'", Plain(Assert.Single(Checks(asked.HeadSha)).Text), StringComparison.Ordinal);

        Stage.GitHub.People.AddToTeam("acme/deployers", "alice");
        await PressAsync(asked, "alice");

        Assert.Contains(Checks(asked.HeadSha), c => c.Conclusion == "success");
    }

    [Fact]
    public async Task An_approval_holds_for_its_commit_for_a_day_and_for_no_other()
    {
        var asked = await AskedAsync();
        await PressAsync(asked, "alice");
        var done = Checks(asked.HeadSha).Single(c => c.Conclusion == "success");
        await Shop.RerequestAsync(done.Id, "octocat");
        await Stage.RunUntilQuietAsync();
        Assert.Equal(2, Checks(asked.HeadSha).Count(c => c.Conclusion == "success"));

        var next = await PushAsync(Asks + "# next\n");
        await Stage.RunForAsync(TimeSpan.FromSeconds(5));
        Assert.Equal("action_required", Assert.Single(Checks(next)).Conclusion);

        Stage.Clock.Advance(TimeSpan.FromHours(25));
        await Shop.ForcePushAsync("main", asked.HeadSha);
        await Stage.RunForAsync(TimeSpan.FromSeconds(5));
        Assert.Equal("action_required", Checks(asked.HeadSha).MaxBy(c => c.Id)?.Conclusion);
    }

    [Fact]
    public async Task Nobody_says_anything_and_after_three_days_it_is_over()
    {
        var sha = (await AskedAsync()).HeadSha;
        Stage.Clock.Advance(TimeSpan.FromHours(73));
        await Stage.RunUntilQuietAsync();

        Assert.Equal("failure", Check(sha).Conclusion);
        Assert.Contains("Nobody of acme/ops approved within 3 days", Check(sha).Title, StringComparison.Ordinal);
        Assert.Empty(Stage.Aws.Calls.Writes);
    }

    [Fact]
    public async Task A_failed_deploy_is_retried_by_its_button()
    {
        Stage.Aws.Images.Set("acme/shop:*", new ImageBehaviour.CrashLoop(ExitCode: 3, TimeSpan.FromSeconds(1)));
        var sha = await PushAndSettleAsync(Manifests.Shop);
        Assert.Equal(["retry", "rollback"], Check(sha).Actions.Select(a => a.Identifier));

        await PressAsync(Check(sha), "reader");
        Assert.Contains("reader asked to retry, and was refused", Plain(Check(sha).Text), StringComparison.Ordinal);

        await PressAsync(Check(sha), "alice");
        Assert.Equal(2, Checks(sha).Count);
    }

    [Fact]
    public async Task A_deploy_that_waits_is_cancelled_by_its_button()
    {
        var asked = await AskedAsync();

        await PressAsync(asked, "alice", "cancel");

        var check = Assert.Single(Checks(asked.HeadSha));
        Assert.Equal("cancelled", check.Conclusion);
        Assert.StartsWith("Cancelled: by alice.", check.Title, StringComparison.Ordinal);
        Assert.Empty(Stage.Aws.Calls.Writes);
    }

    [Fact]
    public async Task What_was_deployed_last_is_rolled_back_by_its_button_and_what_came_before_it_is_not()
    {
        var good = await PushAndSettleAsync(Manifests.Shop);
        var bad = await PushAndSettleAsync(Manifests.Shop + "# bad\n");
        await PressAsync(Check(good), "alice", "rollback");
        Assert.Contains("press the button of its check", Plain(Check(good).Text), StringComparison.Ordinal);

        await PressAsync(Check(bad), "alice", "rollback");

        Assert.Equal([$"acme/shop:{good}"], await Serving.ImagesBehindAsync(Stage, "web"));
        Assert.Equal("success", Check(bad, "barcelona/rollback/production").Conclusion);
    }

    [Fact]
    public async Task Who_presses_again_while_it_goes_back_does_not_go_back_twice()
    {
        await PushAndSettleAsync(Manifests.Shop);
        var bad = await PushAndSettleAsync(Manifests.Shop + "# bad\n");
        await Shop.RequestActionAsync(Check(bad).Id, "rollback", "alice");
        await Stage.RunForAsync(TimeSpan.FromSeconds(5));

        await PressAsync(Check(bad), "alice", "rollback");

        Assert.Equal("success", Check(bad, "barcelona/rollback/production").Conclusion);
        Assert.Contains("release 1 is being put back already", Plain(Check(bad).Text), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_push_that_came_after_the_press_is_not_rolled_back()
    {
        await PushAndSettleAsync(Manifests.Shop);
        var bad = await PushAndSettleAsync(Manifests.Shop + "# bad\n");
        await Shop.RequestActionAsync(Check(bad).Id, "rollback", "alice");
        var next = await PushAsync(Manifests.Shop + "# mended\n");
        await Stage.RunUntilQuietAsync();

        Assert.Equal("success", Check(next).Conclusion);
        Assert.Equal([$"acme/shop:{next}"], await Serving.ImagesBehindAsync(Stage, "web"));
    }

    [Fact]
    public async Task What_changed_nothing_offers_no_way_back_and_a_press_all_the_same_says_why()
    {
        await PushAndSettleAsync(Manifests.FixedImage);
        var last = await PushAndSettleAsync(Manifests.FixedImage.Replace("memory: 256", "memory: 512", StringComparison.Ordinal));
        var same = await PushAndSettleAsync(Manifests.FixedImage.Replace("memory: 256", "memory: 512", StringComparison.Ordinal) + "# same\n");
        Stage.Registry.Hold("acme/shop:*");
        var failed = await PushAndSettleAsync(Manifests.Shop);
        Assert.Equal(("rollback", "", "retry"), (Buttons(last), Buttons(same), Buttons(failed)));

        await PressOldAsync(failed);
        await PressOldAsync(same);

        const string Why = "alice asked to roll back, and was refused: this deploy changed nothing, so that there is nothing to roll back from";
        Assert.Contains(Why, Plain(Check(failed).Text), StringComparison.Ordinal);
        Assert.Contains(Why, Plain(Check(same).Text), StringComparison.Ordinal);
        Assert.DoesNotContain(Shop.CheckRuns, c => c.Name == "barcelona/rollback/production");

        await PressAsync(Check(last), "alice", "rollback");
        Assert.Contains(Shop.CheckRuns, c => c.Name == "barcelona/rollback/production" && c.Conclusion == "success");
    }

    [Fact]
    public async Task Once_approved_a_deploy_has_its_own_time_limit()
    {
        var asked = await AskedAsync();
        Stage.Aws.Faults.Throttle(new FaultMatch("ecs") { Times = 100_000 });

        await PressAsync(asked, "alice");
        await Stage.RunForAsync(TimeSpan.FromMinutes(25));

        Assert.Contains("not finished after", Checks(asked.HeadSha).MaxBy(c => c.Id)?.Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_press_that_GitHub_cannot_be_asked_about_holds_up_no_deploy()
    {
        var first = await PushAndSettleAsync(Manifests.Shop);
        Stage.GitHub.Faults.Add(new Fault.Status(502), path: "/repos/*/collaborators/*", times: 1_000);
        await Shop.RequestActionAsync(Check(first).Id, "rollback", "alice");

        var second = await PushAsync(Manifests.Shop + "# next\n");
        await Stage.RunForAsync(TimeSpan.FromMinutes(5));

        Assert.Equal("success", Check(second).Conclusion);
    }

    [Fact]
    public async Task A_second_press_of_roll_back_goes_no_further_back()
    {
        var good = await PushAndSettleAsync(Manifests.Shop);
        var better = await PushAndSettleAsync(Manifests.Shop + "# better\n");
        var bad = await PushAndSettleAsync(Manifests.Shop + "# bad\n");

        await PressAsync(Check(bad), "alice", "rollback");
        await PressAsync(Check(bad), "alice", "rollback");

        Assert.Equal([$"acme/shop:{better}"], await Serving.ImagesBehindAsync(Stage, "web"));
        Assert.Contains("was put back already", Plain(Check(bad).Text), StringComparison.Ordinal);
        Assert.NotEqual(good, better);
    }

    [Fact]
    public async Task The_command_line_approves_for_whoever_has_the_database()
    {
        var asked = await AskedAsync();

        await ApproveAsync(asked.HeadSha);
        await Stage.RunUntilQuietAsync();

        Assert.Contains("| approved by | `anna` |", Checks(asked.HeadSha).Single(c => c.Conclusion == "success").Summary, StringComparison.Ordinal);
        await Assert.ThrowsAsync<RefusedActException>(() => ApproveAsync(asked.HeadSha));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0123456789")]
    public async Task The_command_line_approves_no_commit_but_the_one_that_it_names(string other)
    {
        var asked = await AskedAsync();

        var refused = await Assert.ThrowsAsync<RefusedActException>(() => ApproveAsync(other));
        await Stage.RunUntilQuietAsync();

        Assert.Contains($"What waits for approval at default/shop is {asked.HeadSha[..7]}", refused.Message, StringComparison.Ordinal);
        Assert.Empty(Stage.Aws.Calls.Writes);
    }

    private Task<Run> ApproveAsync(string commit) =>
        Stage.Services.GetRequiredService<Approvings>().StartAsync(new("default", "shop"), commit, new("anna", commit), Stop);

    /// <summary>Without the backslashes that keep markdown from reading it.</summary>
    private static string Plain(string? markdown) => (markdown ?? "").Replace("\\", "", StringComparison.Ordinal);

    /// <summary>The button of a check that an earlier version told.</summary>
    private async Task PressOldAsync(string sha)
    {
        var all = await Stage.Services.GetRequiredService<Runs>().NewestOfCommitAsync(RepositoryName.Parse("acme/shop"), CommitSha.Parse(sha), Stop);
        var run = Assert.Single(all);
        await Stage.Services.GetRequiredService<RunRequests>().AddAsync(run, sha, new("rollback", "alice", RequestOrigin.GitHub), within: null, Stop);
        await Stage.Services.GetRequiredService<Lanes>().WantAsync(
            LaneKinds.Target, LaneKinds.TargetKey("default", "shop"), Stage.Clock.GetUtcNow(), within: null, Stop);
        await Stage.RunForAsync(TimeSpan.FromMinutes(10));
    }

    private string Buttons(string sha) => string.Join(", ", Check(sha).Actions.Select(a => a.Identifier));

    private async Task<SandboxCheckRun> AskedAsync()
    {
        var sha = await PushAsync(Asks);
        await Stage.RunForAsync(TimeSpan.FromSeconds(5));
        return Check(sha);
    }

    private async Task PressAsync(SandboxCheckRun check, string login, string? button = null)
    {
        await Shop.RequestActionAsync(check.Id, button ?? check.Actions[0].Identifier, login);
        await Stage.RunForAsync(TimeSpan.FromMinutes(10));
    }

    private List<SandboxCheckRun> Checks(string sha) => [.. Shop.CheckRuns.Where(c => c.HeadSha == sha && c.Name == "barcelona/production")];
}
