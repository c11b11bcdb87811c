using Barcelona.GitOps.Reconciliation.Sweeping;
using Barcelona.GitOps.Sandbox.Aws.Calls;
using Microsoft.Extensions.DependencyInjection;

namespace Barcelona.GitOps.Tests.Scenarios;

public sealed class PushScenarios : Scenario
{
    [Fact]
    public async Task A_push_to_main_ends_in_running_services_and_a_green_check()
    {
        var sha = await PushAndSettleAsync(Manifests.Shop);

        var check = Check(sha);
        Assert.Equal("success", check.Conclusion);
        Assert.Equal($"Deployed {sha[..7]} to default/shop", check.Title);
        var deployment = Assert.Single(Shop.Deployments);
        Assert.Equal(("production", sha), (deployment.Environment, deployment.Sha));
        Assert.Equal(["in_progress", "success"], deployment.Statuses.Select(s => s.State));
        Assert.Equal(2, Stage.Aws.Calls.Of("ecs", "RegisterTaskDefinition").Count);
        Assert.All(
            Stage.Aws.Calls.Of("ecs", "RegisterTaskDefinition"),
            c => Assert.Contains(Stage.Registry.Deployed($"acme/shop:{sha}"), c.Request.ToJsonString(), StringComparison.Ordinal));
        Assert.Equal(2, Stage.Aws.Calls.Of("cloudformation", "CreateStack").Count);
    }

    [Fact]
    public async Task An_ordinary_deploy_makes_six_writes_on_GitHub_at_most()
    {
        await PushAndSettleAsync(Manifests.Shop);

        Assert.InRange(Stage.GitHub.Requests.Count(r => r.IsWrite), 5, 6);
    }

    [Fact]
    public async Task A_second_push_of_the_same_content_writes_nothing_to_AWS()
    {
        await PushAndSettleAsync(Manifests.FixedImage);
        var before = Stage.Aws.Calls.Writes.Count;

        var sha = await Shop.CommitAsync("main", new Dictionary<string, string> { ["README"] = "words" }, "Say more");
        await Stage.RunUntilQuietAsync();

        Assert.Equal("success", Check(sha).Conclusion);
        Assert.Empty(Stage.Aws.Calls.Writes.Skip(before).Select(c => c.ToString()));
    }

    [Fact]
    public async Task A_redelivery_is_a_no_op()
    {
        var sha = await PushAndSettleAsync(Manifests.Shop);
        var (aws, github) = (Stage.Aws.Calls.Writes.Count, Stage.GitHub.Requests.Count(r => r.IsWrite));

        await Stage.GitHub.RedeliverAsync(Stage.GitHub.Deliveries.First(d => d.Event == "push"));
        await Stage.RunUntilQuietAsync();

        Assert.Equal("success", Check(sha).Conclusion);
        Assert.Equal((aws, github), (Stage.Aws.Calls.Writes.Count, Stage.GitHub.Requests.Count(r => r.IsWrite)));
    }

    [Fact]
    public async Task A_broken_file_annotates_its_line_and_leaves_AWS_alone()
    {
        var sha = await PushAndSettleAsync(
            Manifests.Shop.Replace("command: bundle exec sidekiq", "comand: bundle exec sidekiq", StringComparison.Ordinal));

        var check = Check(sha, "barcelona");
        Assert.Equal("failure", check.Conclusion);
        Assert.Contains(
            check.Annotations,
            a => a is { Path: "barcelona.yml", StartLine: 17, Level: "failure" } && a.Message.Contains("comand", StringComparison.Ordinal));
        Assert.Empty(Shop.Deployments);
        Assert.Empty(Stage.Aws.Calls);

        // Made with its verdict: no crash can leave it in progress.
        Assert.Single(Stage.GitHub.Requests, r => r.IsWrite);
    }

    [Fact]
    public async Task A_district_of_another_account_than_the_credentials_is_refused_and_nothing_is_written()
    {
        Stage.District.Write(text => text.Replace("123456789012\"", "999999999999\"", StringComparison.Ordinal));

        var sha = await PushAndSettleAsync(Manifests.Shop);

        var check = Check(sha);
        Assert.Equal("failure", check.Conclusion);
        Assert.Contains(
            check.Annotations, a => a is { Path: "barcelona.yml", StartLine: 4 } && a.Message.Contains("999999999999", StringComparison.Ordinal));
        Assert.Equal(["GetCallerIdentity"], Stage.Aws.Calls.Select(c => c.Operation));
    }

    [Fact]
    public async Task Of_two_quick_pushes_the_first_is_superseded()
    {
        var first = await PushAsync(Manifests.Shop);
        var second = await PushAsync(Manifests.Shop + "# again\n");
        await Stage.RunUntilQuietAsync();

        Assert.Equal("success", Check(second).Conclusion);
        var check = Check(first);
        Assert.Equal(("cancelled", $"Superseded by {second[..7]}"), (check.Conclusion, check.Title));
    }

    [Fact]
    public async Task A_push_during_a_deploy_supersedes_it_and_wins()
    {
        var first = await PushAsync(Manifests.Shop);
        await Stage.RunDueAsync();
        var second = await PushAsync(Manifests.Shop + "# again\n");
        await Stage.RunUntilQuietAsync();

        Assert.Equal(("cancelled", $"Superseded by {second[..7]}"), (Check(first).Conclusion, Check(first).Title));
        Assert.Equal("success", Check(second).Conclusion);
        Assert.Contains(
            Stage.Registry.Deployed($"acme/shop:{second}"),
            Assert.IsType<AwsCall>(Stage.Aws.Calls.Of("ecs", "RegisterTaskDefinition")[^1]).Request.ToJsonString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_force_push_back_to_an_older_commit_deploys_that_commit()
    {
        var first = await PushAndSettleAsync(Manifests.Shop);
        await PushAndSettleAsync(Manifests.Shop + "# again\n");

        await Shop.ForcePushAsync("main", first);
        await Stage.RunUntilQuietAsync();

        Assert.Equal(2, Shop.CheckRuns.Count(c => c.HeadSha == first && c.Conclusion == "success"));
        Assert.Equal(first, Shop.Deployments[^1].Sha);
    }

    [Fact]
    public async Task A_push_that_the_sweep_found_and_a_late_delivery_tells_of_too_is_deployed_once()
    {
        await PushAndSettleAsync(Manifests.Shop);
        Stage.GitHub.Deliver = false;
        var sha = await PushAsync(Manifests.Shop + "# lost\n");
        Stage.GitHub.Deliver = true;
        await CompareAsync();
        Assert.Equal("success", Check(sha).Conclusion);

        await Stage.GitHub.RedeliverAsync(Stage.GitHub.Deliveries.Last(d => d.Event == "push"));
        await Stage.RunUntilQuietAsync();

        Assert.Equal("success", Check(sha).Conclusion);
        Assert.Single(Shop.Deployments, d => d.Sha == sha);
    }

    [Fact]
    public async Task A_branch_that_comes_back_without_a_word_to_a_commit_that_it_had_is_found_again()
    {
        var first = await PushAndSettleAsync(Manifests.Shop);
        Stage.GitHub.Deliver = false;
        var second = await PushAsync(Manifests.Shop + "# lost\n");
        await CompareAsync();
        await Shop.ForcePushAsync("main", first);
        await CompareAsync();
        await Shop.ForcePushAsync("main", second);
        await CompareAsync();

        Assert.Equal([first, second, first, second], Shop.Deployments.Select(d => d.Sha));
        Assert.Equal(2, Shop.CheckRuns.Count(c => c.HeadSha == second && c.Conclusion == "success"));
    }

    [Fact]
    public async Task An_old_commit_that_is_asked_for_again_does_not_overtake_the_newest()
    {
        var first = await PushAndSettleAsync(Manifests.Shop);
        var second = await PushAsync(Manifests.Shop + "# again\n");
        await Stage.RunDueAsync();

        await Shop.RerequestAsync(Check(first).Id, "maintainer");
        await Stage.RunUntilQuietAsync();

        Assert.Equal("success", Check(second).Conclusion);
        Assert.Equal(["cancelled", "success"], Shop.CheckRuns.Where(c => c.HeadSha == first).Select(c => c.Conclusion).Order(StringComparer.Ordinal));
        Assert.Contains(
            Stage.Registry.Deployed($"acme/shop:{second}"),
            Stage.Aws.Calls.Of("ecs", "RegisterTaskDefinition")[^1].Request.ToJsonString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Re_running_all_checks_of_a_commit_runs_its_deploys_again()
    {
        var sha = await PushAndSettleAsync(Manifests.Shop);

        await Shop.RerequestSuiteAsync(sha, "maintainer");
        await Stage.RunUntilQuietAsync();

        Assert.Equal(["success", "success"], Shop.CheckRuns.Select(c => c.Conclusion));
        Assert.Equal(2, Stage.Aws.Calls.Of("cloudformation", "CreateStack").Count);
    }

    [Fact]
    public async Task A_push_that_concerns_no_environment_writes_nothing()
    {
        await PushAndSettleAsync(Manifests.Shop);
        var (aws, github) = (Stage.Aws.Calls.Count, Stage.GitHub.Requests.Count(r => r.IsWrite));

        await PushAndSettleAsync(Manifests.Shop + "# a feature\n", branch: "feature/x");

        Assert.Equal((aws, github), (Stage.Aws.Calls.Count, Stage.GitHub.Requests.Count(r => r.IsWrite)));
    }

    /// <summary>As CloudFormation made rules until it began to tag them; a redirect names no target either.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_applications_own_rules_are_in_nobodys_way_with_tags_or_without(bool hasTags)
    {
        const string Admin =
            "      - {name: admin, service_type: web, memory: 128, command: bin/admin, listeners: [{endpoint: demo-endpoint, health_check_path: /}]}\n";
        var shop = Manifests.Shop
            .Replace("health_check_path: /\n", "health_check_path: /\n            rule_priority: 100\n", StringComparison.Ordinal)
            .Replace("service_type: web\n", "service_type: web\n        force_ssl: true\n", StringComparison.Ordinal);
        await PushAndSettleAsync(shop);
        if (!hasTags)
        {
            Stage.Aws.UntagRules();
        }

        var before = Stage.Aws.Calls.Count;
        var sha = await PushAndSettleAsync(shop + Admin);

        Assert.Equal(("success", ""), (Check(sha).Conclusion, string.Join('\n', Check(sha).Annotations.Select(a => a.Message))));
        var planning = Stage.Aws.Calls.Skip(before).TakeWhile(c => c.Operation != "UpdateStack");
        Assert.NotEqual(hasTags, planning.Any(c => c.Operation == "ListStackResources"));
    }

    [Fact]
    public async Task Skip_words_in_the_head_commit_skip_the_deploy()
    {
        var sha = await Shop.CommitAsync("main", new Dictionary<string, string> { ["barcelona.yml"] = Manifests.Shop }, "Words only [skip deploy]");
        await Stage.RunUntilQuietAsync();

        Assert.DoesNotContain(Shop.CheckRuns, c => c.HeadSha == sha);
        Assert.Empty(Stage.Aws.Calls);
    }

    [Fact]
    public async Task A_pull_request_gets_its_check_and_nothing_else_not_even_from_a_fork()
    {
        await PushAndSettleAsync(Manifests.Shop);
        var aws = Stage.Aws.Calls.Count;
        var fork = Shop.Fork("stranger");
        var head = await fork.CommitAsync(
            "change",
            new Dictionary<string, string> { ["barcelona.yml"] = Manifests.Shop.Replace("memory: 128", "memory: lots", StringComparison.Ordinal) },
            "Change");

        await Shop.OpenPullRequestAsync("change", fork);
        await Stage.RunUntilQuietAsync();

        var check = Check(head, "barcelona");
        Assert.Equal("failure", check.Conclusion);
        Assert.Contains(check.Annotations, a => a.Message.Contains("lots", StringComparison.Ordinal));
        Assert.Equal(aws, Stage.Aws.Calls.Count);
    }

    /// <summary>The sweep's comparison alone: nothing is asked for again.</summary>
    private async Task CompareAsync()
    {
        Stage.Clock.Advance(TimeSpan.FromMinutes(5));
        await Stage.Services.GetRequiredService<MissedRefs>().FindAsync(Stop);
        await Stage.RunUntilQuietAsync();
    }
}
