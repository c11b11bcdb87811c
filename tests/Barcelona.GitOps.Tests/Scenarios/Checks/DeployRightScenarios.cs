using Barcelona.GitOps.Reconciliation.Sweeping;
using Barcelona.GitOps.Sandbox.GitHub;
using Barcelona.GitOps.Sandbox.GitHub.Faults;
using Microsoft.Extensions.DependencyInjection;

namespace Barcelona.GitOps.Tests.Scenarios.Checks;

/// <summary>A district that names teams is deployed to by their members only, as GitHub says at that moment.</summary>
public sealed class DeployRightScenarios : Scenario
{
    private const string Teams = "teams: {acme/ops: admin, acme/developers: deploy, acme/support: run}\napps: [github-merge-queue]\n";

    private SandboxPeople People => Stage.GitHub.People;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Stage.District.Write(text => text + Teams);
    }

    [Theory]
    [InlineData("acme/ops")]
    [InlineData("acme/developers")]
    public async Task Whoever_is_in_a_team_that_deploys_deploys(string team)
    {
        People.AddToTeam(team, "octocat");

        Assert.Equal("success", Check(await PushAndSettleAsync(Manifests.Shop)).Conclusion);
    }

    [Theory]
    [InlineData("acme/support", "active")]
    [InlineData("acme/developers", "pending")]
    [InlineData("other/ops", "active")]
    public async Task Whoever_is_not_is_refused_on_the_line_of_the_district_and_nothing_is_asked_of_AWS(string team, string state)
    {
        People.AddToTeam(team, "octocat", state: state);

        var sha = await PushAndSettleAsync(Manifests.Shop);

        var check = Check(sha);
        Assert.Equal("failure", check.Conclusion);
        var annotation = Assert.Single(check.Annotations);
        Assert.Equal(4, annotation.StartLine);
        Assert.Contains("'octocat' is in no team that deploys to 'default': acme/developers, acme/ops.", annotation.Message, StringComparison.Ordinal);
        Assert.Contains("Somebody of acme/developers or acme/ops can re-run this check.", annotation.Message, StringComparison.Ordinal);
        Assert.Empty(Stage.Aws.Calls.Writes);
    }

    [Fact]
    public async Task Somebody_with_the_right_can_ask_for_what_another_pushed()
    {
        var sha = await PushAndSettleAsync(Manifests.Shop);
        People.AddToTeam("acme/ops", "maintainer");

        await Shop.RerequestAsync(Check(sha).Id, "maintainer");
        await Stage.RunUntilQuietAsync();

        Assert.Contains(Shop.CheckRuns, c => c.HeadSha == sha && c.Conclusion == "success");
    }

    [Fact]
    public async Task A_right_that_was_taken_away_holds_for_the_next_deploy()
    {
        People.AddToTeam("acme/ops", "octocat");
        await PushAndSettleAsync(Manifests.Shop);
        People.RemoveFromTeam("acme/ops", "octocat");

        Assert.Equal("failure", Check(await PushAndSettleAsync(Manifests.Shop + "# again\n")).Conclusion);
    }

    [Theory]
    [InlineData("github-merge-queue[bot]", "success")]
    [InlineData("renovate[bot]", "failure")]
    public async Task An_App_deploys_if_the_district_names_it(string bot, string conclusion)
    {
        People.AddBot(bot);
        Shop.AddUser(bot, "write");

        var sha = await PushAndSettleAsync(Manifests.Shop);

        Assert.Equal(conclusion, Check(sha).Conclusion);
    }

    [Fact]
    public async Task What_nobody_is_known_to_have_pushed_waits_for_somebody_with_the_right()
    {
        People.AddToTeam("acme/ops", "octocat");
        await PushAndSettleAsync(Manifests.Shop);
        Stage.GitHub.Deliver = false;
        var sha = await PushAsync(Manifests.Shop + "# lost\n");
        Stage.GitHub.Deliver = true;
        await Stage.Services.GetRequiredService<MissedRefs>().FindAsync(Stop);
        await Stage.RunUntilQuietAsync();
        Assert.Contains("GitHub did not say who pushed", Assert.Single(Check(sha).Annotations).Message, StringComparison.Ordinal);

        await Shop.RerequestAsync(Check(sha).Id, "octocat");
        await Stage.RunUntilQuietAsync();

        Assert.Contains(Shop.CheckRuns, c => c.HeadSha == sha && c.Conclusion == "success");
    }

    [Fact]
    public async Task Who_asks_for_an_older_commit_again_lends_their_right_to_no_newer_one()
    {
        People.AddToTeam("acme/ops", "maintainer");
        var broken = await PushAndSettleAsync("environments: [");
        var sha = await PushAndSettleAsync(Manifests.Shop);
        Assert.Equal("failure", Check(sha).Conclusion);

        await Shop.RerequestAsync(Check(broken, "barcelona").Id, "maintainer");
        await Stage.RunUntilQuietAsync();

        Assert.DoesNotContain(Shop.CheckRuns, c => c.Conclusion == "success");
        Assert.Empty(Stage.Aws.Calls.Writes);
    }

    [Fact]
    public async Task An_App_that_may_not_read_members_lets_nobody_deploy()
    {
        People.AddToTeam("acme/ops", "octocat");
        Stage.GitHub.Faults.Add(new Fault.Status(403), path: "/orgs/*", times: 1_000);

        var sha = await PushAndSettleAsync(Manifests.Shop);

        Assert.Contains("Members: read", Assert.Single(Check(sha).Annotations).Message, StringComparison.Ordinal);
        Assert.Empty(Stage.Aws.Calls.Writes);
    }

    [Fact]
    public async Task While_GitHub_cannot_say_the_deploy_waits()
    {
        People.AddToTeam("acme/ops", "octocat");
        Stage.GitHub.Faults.Add(new Fault.Status(502), path: "/orgs/*", times: 3);

        Assert.Equal("success", Check(await PushAndSettleAsync(Manifests.Shop)).Conclusion);
    }
}
