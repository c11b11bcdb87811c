using System.Text.Json.Nodes;
using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;
using Amazon.Runtime;
using Barcelona.GitOps.Sandbox.Aws.Images;
using Barcelona.GitOps.Storage.History;
using Barcelona.GitOps.Tests.Aws;
using Barcelona.GitOps.Tests.Scenarios.Acts;
using GitHubFault = Barcelona.GitOps.Sandbox.GitHub.Faults.Fault;

namespace Barcelona.GitOps.Tests.Scenarios.Checks;

/// <summary>What becomes of a deploy under way when the newer one does not come to its own: AWS's work is always somebody's.</summary>
public sealed class TakenOverScenarios : ActScenario
{
    private static readonly string TaggedWeb = OnTags(Manifests.Shop);

    private static readonly string Waits = Manifests.Waiting(Manifests.Shop);

    private int GivenUp => Stage.Aws.Calls.Of("cloudformation", "CancelUpdateStack").Count;

    [Fact]
    public async Task A_newer_one_that_loses_its_right_after_it_took_over_gives_up_what_cannot_come_up_before_it_ends()
    {
        Stage.District.Write(text => text + "teams: {acme/ops: admin}\n");
        Stage.GitHub.People.AddToTeam("acme/ops", "octocat");
        var (slow, next) = await TakenOverAsync(Manifests.Shop + "# next\n");

        Stage.Aws.Images.Set($"acme/shop:{slow}", new ImageBehaviour.CrashLoop(ExitCode: 3, TimeSpan.FromSeconds(1)));
        Stage.GitHub.People.RemoveFromTeam("acme/ops", "octocat");
        await Stage.RunForAsync(TimeSpan.FromSeconds(5));
        Assert.Equal(("in_progress", "UPDATE_IN_PROGRESS"), (Check(next).Status, StatusOfApp));
        Assert.Contains("is in no team that deploys", Check(next).Text, StringComparison.Ordinal);
        await Stage.RunUntilAsync(() => Check(next).Status == "completed");

        Assert.Equal(("cancelled", "failure"), (Check(slow).Conclusion, Check(next).Conclusion));
        Assert.Contains("is in no team that deploys", Check(next).Title, StringComparison.Ordinal);
        Assert.Equal((1, "UPDATE_ROLLBACK_COMPLETE"), (GivenUp, StatusOfApp));
    }

    [Fact]
    public async Task A_third_one_that_waits_leaves_what_the_second_took_over_to_it()
    {
        var (slow, next) = await TakenOverAsync(Manifests.Shop + "# next\n");
        Stage.Aws.Images.Set($"acme/shop:{slow}", new ImageBehaviour.CrashLoop(ExitCode: 3, TimeSpan.FromSeconds(1)));

        var third = await PushAsync(Waits);
        await Stage.RunForAsync(TimeSpan.FromMinutes(15));

        Assert.Equal(("cancelled", $"Superseded by {third[..7]}"), (Check(next).Conclusion, Check(next).Title));
        Assert.Equal((1, "UPDATE_ROLLBACK_COMPLETE", "in_progress"), (GivenUp, StatusOfApp, Check(third).Status));
    }

    [Fact]
    public async Task A_head_whose_run_ended_does_not_end_what_is_under_way_when_somebody_asks_for_an_old_commit()
    {
        var old = await PushAndSettleAsync(Manifests.Shop);
        var next = await PushAsync(Manifests.Shop + "# next\n");
        await Stage.RunUntilAsync(() => Updates == 1);
        var red = await PushAsync(Waits);
        await Shop.SetStatusAsync(red, "ci/build", "failure");
        await Stage.RunUntilAsync(() => Shop.CheckRuns.Any(c => c.HeadSha == red && c.Conclusion == "failure"));
        Assert.Equal(("in_progress", "UPDATE_IN_PROGRESS"), (Check(next).Status, StatusOfApp));

        await Shop.RerequestAsync(Check(old).Id, "octocat");
        await Stage.RunUntilQuietAsync();

        Assert.Equal("success", Check(next).Conclusion);
        Assert.DoesNotContain(Shop.CheckRuns, c => c.Status != "completed");
    }

    [Fact]
    public async Task What_comes_to_run_after_all_is_on_record_though_the_newer_one_ends_by_a_red_check()
    {
        var (slow, next) = await TakenOverAsync(Waits);

        Stage.Aws.Images.Set($"acme/shop:{slow}", new ImageBehaviour.Healthy());
        await Shop.SetStatusAsync(next, "ci/build", "failure");
        await Stage.RunUntilQuietAsync();

        Assert.Equal(("cancelled", "failure"), (Check(slow).Conclusion, Check(next).Conclusion));
        Assert.Equal("UPDATE_COMPLETE", StatusOfApp);
        var newest = (await ReleasesAsync())[0];
        Assert.Equal(slow, newest.Commit.Value);
        Assert.NotNull(newest.RanAt);
    }

    [Fact]
    public async Task A_check_that_runs_once_more_leaves_nobody_away_from_what_was_taken_over()
    {
        var (slow, next) = await TakenOverAsync(Waits);

        await Shop.SetStatusAsync(next, "ci/build", "pending");
        Stage.Aws.Images.Set($"acme/shop:{slow}", new ImageBehaviour.PullFails("manifest unknown: not found"));
        await Stage.RunForAsync(TimeSpan.FromMinutes(15));
        Assert.Equal((1, "UPDATE_ROLLBACK_COMPLETE", "in_progress"), (GivenUp, StatusOfApp, Check(next).Status));

        Stage.Aws.Images.Set($"acme/shop:{next}", new ImageBehaviour.Healthy());
        await Shop.SetStatusAsync(next, "ci/build", "success");
        await Stage.RunUntilQuietAsync();
        Assert.Equal(("success", next), (Check(next).Conclusion, SentParameter("Commit")));
    }

    [Fact]
    public async Task What_a_person_begins_once_that_is_at_rest_is_left_alone()
    {
        var (slow, next) = await TakenOverAsync(Waits);
        await Shop.SetStatusAsync(next, "ci/build", "pending");
        Stage.Aws.Images.Set($"acme/shop:{slow}", new ImageBehaviour.Healthy());
        await Stage.RunForAsync(TimeSpan.FromMinutes(60));
        Assert.Equal("UPDATE_COMPLETE", StatusOfApp);

        Stage.Aws.Images.Set($"acme/shop:{Shop.CheckRuns[0].HeadSha}", new ImageBehaviour.NeverHealthy());
        await UpdateByHandAsync();
        await Stage.RunForAsync(TimeSpan.FromMinutes(1));

        Assert.Equal((0, "UPDATE_IN_PROGRESS"), (GivenUp, StatusOfApp));
    }

    [Fact]
    public async Task A_tag_that_is_deleted_while_it_waits_ends_nothing_that_is_under_way()
    {
        var (good, wrong) = await TagsAsync();

        await Shop.DeleteRefAsync("refs/tags/v1.2.0");
        Stage.Registry.Push("acme/shop:v1.2.0");
        await Stage.RunForAsync(TimeSpan.FromMinutes(1));
        Stage.Aws.Images.Set("acme/shop:v1.1.0", new ImageBehaviour.Healthy());
        await Stage.RunUntilQuietAsync();

        Assert.Equal(("success", "cancelled"), (Check(good).Conclusion, Check(wrong).Conclusion));
    }

    [Fact]
    public async Task A_lower_tag_ends_no_push_that_is_under_way()
    {
        var both = Manifests.Worker.Replace(
            "district: default\n", "district: default\n    deploy: {on: [{branch: main}, {tag: \"v*\"}]}\n", StringComparison.Ordinal);
        var first = await PushAndSettleAsync(both);
        await Shop.TagAsync("v2.0.0", first);
        await Stage.RunUntilQuietAsync();
        var updates = Updates;
        var pushed = await PushAsync(both + "# more\n");
        await Stage.RunUntilAsync(() => Updates == updates + 1);

        await Shop.TagAsync("v1.5.0", pushed);
        await Stage.RunUntilQuietAsync();

        Assert.Contains(Shop.CheckRuns, c => c.HeadSha == pushed && c.Conclusion == "success");
        Assert.DoesNotContain(Shop.CheckRuns, c => c.Status != "completed");
    }

    [Fact]
    public async Task A_migration_is_not_left_alone_by_a_tag_that_has_its_image_in_the_same_moment()
    {
        var migrating = OnTags(Manifests.Migrating);
        var sha = await PushAndSettleAsync(migrating);
        Stage.Aws.Images.SetForOneOffs("acme/shop:*", new ImageBehaviour.CrashLoop(1, TimeSpan.FromMinutes(2)));
        Stage.Registry.Hold("acme/shop:v1.1*");
        await Shop.TagAsync("v1.0.0", sha);
        await Stage.RunUntilAsync(() => Stage.Aws.SeenStacks.Any(s => s.Name == "barcelona-heritage--default--shop"));
        var newer = await PushAsync(migrating + "# newer\n");
        await Shop.TagAsync("v1.1.0", newer);
        await Stage.RunUntilAsync(() => Stage.Aws.SeenStacks.Any(s => s is { Name: "barcelona-heritage--default--shop", Status: "CREATE_COMPLETE" }));
        Stage.Registry.Push("acme/shop:v1.1.0");
        await Stage.RunUntilQuietAsync();

        // Each task of whoever began one is judged by its own run; whoever was superseded began none.
        var failed = Shop.CheckRuns.Where(c => c.Name == "barcelona/production" && c.Conclusion == "failure").ToList();
        Assert.Equal(Stage.Aws.OneOffTasks.Count, failed.Count);
        Assert.DoesNotContain(Shop.CheckRuns, c => c.Status != "completed");
    }

    [Fact]
    public async Task What_registered_task_definitions_and_began_nothing_ends_when_a_newer_one_waits()
    {
        await PushAndSettleAsync(Manifests.Shop);
        Stage.Aws.Faults.FailPlacement("RESOURCE:MEMORY", times: 100_000);
        var older = await PushAsync(Manifests.Migrating);
        await Stage.RunForAsync(TimeSpan.FromMinutes(1));

        var next = await PushAsync(Waits);
        await Stage.RunForAsync(TimeSpan.FromMinutes(60));

        Assert.Equal(("completed", "in_progress"), (Check(older).Status, Check(next).Status));
    }

    [Fact]
    public async Task While_GitHub_says_no_to_the_newer_one_what_is_under_way_is_still_looked_at()
    {
        var slow = await SlowUpdateAsync();
        var next = await PushAsync(Waits);
        await Stage.RunForAsync(TimeSpan.FromSeconds(5));

        Stage.GitHub.Faults.Add(new GitHubFault.Status(404), path: $"/repos/acme/shop/commits/{next}/check-runs", times: 10_000);
        Stage.Aws.Images.Set($"acme/shop:{slow}", new ImageBehaviour.PullFails("manifest unknown: not found"));
        await Stage.RunForAsync(TimeSpan.FromSeconds(45));

        Assert.Equal((1, "in_progress"), (GivenUp, Check(next).Status));
    }

    [Fact]
    public async Task A_limit_of_GitHub_that_the_newer_one_meets_leaves_what_is_under_way_to_its_run()
    {
        var good = await PushAndSettleAsync(Manifests.Worker);
        OnlyHealthy(good);
        await PushAsync(Manifests.Worker + "# bad\n");
        await Stage.RunUntilAsync(() => Updates == 1);
        await PushAsync(Waits);
        await Stage.RunForAsync(TimeSpan.FromSeconds(3));

        Stage.GitHub.Faults.Add(new GitHubFault.SecondaryRateLimit(TimeSpan.FromMinutes(50)), path: "/repos/*", times: 10_000);
        await Stage.RunForAsync(TimeSpan.FromMinutes(10));

        Assert.Equal((1, "UPDATE_ROLLBACK_COMPLETE"), (GivenUp, StatusOfApp));
        Assert.Contains(
            await Get<Runs>().NewestOfTargetAsync("default", "shop", 2, Stop),
            r => r.State == RunState.Failed && r.Cause?.Contains("exit", StringComparison.OrdinalIgnoreCase) == true);
    }

    /// <summary>A person in the console: the first release's web tasks, which do not come up any more.</summary>
    private async Task UpdateByHandAsync()
    {
        using var stacks = new AmazonCloudFormationClient(
            new BasicAWSCredentials("AKIASANDBOX", "secret"),
            new AmazonCloudFormationConfig { ServiceURL = Stage.Sandbox.AwsUrl.ToString(), AuthenticationRegion = AwsHarness.Region });
        var template = JsonNode.Parse((await stacks.GetTemplateAsync(new() { StackName = App }, Stop)).TemplateBody);
        var parameters = (await stacks.DescribeStacksAsync(new() { StackName = App }, Stop)).Stacks[0].Parameters;
        var web = template?["Resources"]?["ServiceWeb"]?["Properties"];
        Assert.NotNull(web);
        web["TaskDefinition"] = "default--shop--web:1";
        await stacks.UpdateStackAsync(
            new()
            {
                StackName = App,
                TemplateBody = template?.ToJsonString(),
                Parameters = [.. parameters.Select(p => new Parameter { ParameterKey = p.ParameterKey, UsePreviousValue = true })],
            },
            Stop);
    }

    private static string OnTags(string manifest) => manifest.Replace(
        "district: default\n", "district: default\n    deploy: {on: [{tag: \"v*\"}]}\n", StringComparison.Ordinal);

    /// <summary>An update that does not come up by itself, and a newer commit that has taken it over.</summary>
    private async Task<(string Slow, string Next)> TakenOverAsync(string manifest)
    {
        var slow = await SlowUpdateAsync();
        var next = await PushAsync(manifest);
        await Stage.RunForAsync(TimeSpan.FromSeconds(5));
        await Shop.SetStatusAsync(next, "ci/build", "success");
        await Stage.RunUntilAsync(() => Check(slow).Conclusion == "cancelled");
        return (slow, next);
    }

    /// <summary>v1.1.0 is under way, and v1.2.0 waits for its image.</summary>
    private async Task<(string Good, string Wrong)> TagsAsync()
    {
        var first = await PushAndSettleAsync(TaggedWeb);
        await Shop.TagAsync("v1.0.0", first);
        await Stage.RunUntilQuietAsync();
        var good = await PushAndSettleAsync(TaggedWeb + "# good\n");
        Stage.Aws.Images.Set("acme/shop:v1.1.0", new ImageBehaviour.NeverHealthy());
        await Shop.TagAsync("v1.1.0", good);
        await Stage.RunUntilAsync(() => Updates == 1);
        Stage.Registry.Hold("acme/shop:v1.2*");
        var wrong = await PushAsync(TaggedWeb + "# wrong\n");
        await Shop.TagAsync("v1.2.0", wrong);
        await Stage.RunForAsync(TimeSpan.FromSeconds(10));
        return (good, wrong);
    }
}
