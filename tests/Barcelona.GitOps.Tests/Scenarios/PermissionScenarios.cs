using Barcelona.GitOps.Reconciliation.Sweeping;
using Barcelona.GitOps.Sandbox.Aws.Images;
using Barcelona.GitOps.Sandbox.GitHub.Faults;
using Microsoft.Extensions.DependencyInjection;

namespace Barcelona.GitOps.Tests.Scenarios;

/// <summary>What GitHub no longer lets the App do: no check stays in progress, and nobody else is kept waiting.</summary>
public sealed class PermissionScenarios : Scenario
{
    private int Refusals => Stage.GitHub.Requests.Count(r => r.StatusCode == 401);

    [Fact]
    public async Task An_App_that_was_shut_out_for_a_while_and_is_let_in_again_leaves_no_check_in_progress()
    {
        var sha = await PushAsync(Manifests.Shop);
        await Stage.RunDueAsync();
        Assert.Equal("in_progress", Check(sha).Status);

        Stage.GitHub.Faults.Add(new Fault.Status(403), path: "/repos/*", times: 10_000);
        await Stage.RunForAsync(TimeSpan.FromMinutes(3));
        Assert.Equal("in_progress", Check(sha).Status);
        Stage.GitHub.Faults.Clear();
        await Stage.SweepAsync();

        Assert.Equal(("completed", "failure"), (Check(sha).Status, Check(sha).Conclusion));
        Assert.Contains("GitHub answers 403", Check(sha).Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deploy_that_outlives_its_tokens_comes_to_its_end()
    {
        Stage.Aws.Images.SetForOneOffs("acme/shop:*", new ImageBehaviour.CrashLoop(ExitCode: 0, TimeSpan.FromHours(2)));

        var sha = await PushAndSettleAsync(Manifests.Migrating.Replace(
            "before_deploy: rake db:migrate", "before_deploy: {command: rake db:migrate, timeout: 3h}", StringComparison.Ordinal));

        Assert.Equal("success", Check(sha).Conclusion);
        Assert.True(Stage.GitHub.Requests.Count(r => r.Path.EndsWith("/access_tokens", StringComparison.Ordinal)) > 1);
        Assert.Equal(0, Refusals);
    }

    [Fact]
    public async Task A_token_that_is_taken_back_in_the_middle_of_a_deploy_is_exchanged()
    {
        var sha = await PushAsync(Manifests.Shop);
        await Stage.RunDueAsync();
        Stage.GitHub.Faults.Add(new Fault.Status(401), path: "/repos/*", times: 2);

        await Stage.RunUntilQuietAsync();

        Assert.Equal(2, Refusals);
        Assert.Equal("success", Check(sha).Conclusion);
    }

    [Fact]
    public async Task A_deployment_that_GitHub_refuses_ends_the_run_and_its_check()
    {
        Stage.GitHub.Faults.Add(new Fault.Status(403), "POST", "/repos/*/deployments", times: 1_000);

        var sha = await PushAndSettleAsync(Manifests.Shop);

        Assert.Equal(("completed", "failure"), (Check(sha).Status, Check(sha).Conclusion));
        Assert.Empty(Stage.Aws.Calls.Writes);
    }

    [Fact]
    public async Task A_repository_that_cannot_be_read_keeps_the_sweep_from_no_other()
    {
        var gone = Stage.GitHub.CreateRepository("aaa", "gone");
        await gone.CommitAsync("main", new Dictionary<string, string> { ["README"] = "words" }, "Say something");
        var sha = await PushAndSettleAsync(Manifests.Tagged);
        await Stage.GitHub.SuspendAsync("aaa");

        // More than three at once: nobody is told of these tags.
        await Shop.TagAsync([("v1.0.0", sha), ("v1.1.0", sha), ("v1.2.0", sha), ("v1.3.0", sha)]);
        await Stage.SweepAsync();

        Assert.Contains(Shop.CheckRuns, c => c is { Name: "barcelona/production", Conclusion: "success", Title: "Deployed v1.3.0 to default/shop" });
    }

    [Fact]
    public async Task A_repository_that_no_event_told_of_is_compared_from_the_first_sweep_on()
    {
        Stage.GitHub.Deliver = false;
        var first = await PushAsync(Manifests.Shop);
        await Stage.Services.GetRequiredService<InstalledRepositories>().NoteAsync(Stop);
        await CompareAsync();
        Assert.Empty(Shop.CheckRuns);

        var second = await PushAsync(Manifests.Shop + "# lost\n");
        await CompareAsync();

        Assert.Equal("success", Check(second).Conclusion);
        Assert.DoesNotContain(Shop.CheckRuns, c => c.HeadSha == first);
    }

    private async Task CompareAsync()
    {
        await Stage.Services.GetRequiredService<MissedRefs>().FindAsync(Stop);
        await Stage.RunUntilQuietAsync();
    }
}
