namespace Barcelona.GitOps.Tests.Scenarios.Checks;

/// <summary>The check <c>barcelona</c>, which branch protection and the merge queue wait for.</summary>
public sealed class FileCheckScenarios : Scenario
{
    private static readonly string Broken = Manifests.Shop.Replace("memory: 128", "memory: lots", StringComparison.Ordinal);

    [Fact]
    public async Task A_merge_group_gets_its_check_and_no_deploy()
    {
        var head = await QueuedAsync(Manifests.Shop + "# more\n");
        var (aws, deployments) = (Stage.Aws.Calls.Count, Shop.Deployments.Count);

        await Stage.RunUntilQuietAsync();

        Assert.Equal(("completed", "success"), (Check(head, "barcelona").Status, Check(head, "barcelona").Conclusion));
        Assert.Single(Shop.CheckRuns, c => c.HeadSha == head);
        Assert.Equal((aws, deployments), (Stage.Aws.Calls.Count, Shop.Deployments.Count));
    }

    [Fact]
    public async Task A_merge_group_that_would_break_the_file_is_told_at_the_line_and_can_be_asked_for_again()
    {
        var head = await QueuedAsync(Broken);
        await Stage.RunUntilQuietAsync();
        Assert.Equal("failure", Check(head, "barcelona").Conclusion);
        Assert.Contains(Check(head, "barcelona").Annotations, a => a.Message.Contains("lots", StringComparison.Ordinal));

        await Shop.RerequestAsync(Check(head, "barcelona").Id, "maintainer");
        await Stage.RunUntilQuietAsync();

        Assert.Equal("failure", Check(head, "barcelona").Conclusion);
        Assert.Single(Check(head, "barcelona").Annotations);
    }

    [Fact]
    public async Task A_merge_group_that_is_taken_apart_asks_for_nothing()
    {
        var head = await QueuedAsync(Manifests.Shop + "# more\n");
        await Stage.RunUntilQuietAsync();
        var writes = Stage.GitHub.Requests.Count(r => r.IsWrite);

        await Shop.DequeuePullRequestAsync(1);
        await Stage.RunUntilQuietAsync();

        Assert.Equal("success", Check(head, "barcelona").Conclusion);
        Assert.Equal(writes, Stage.GitHub.Requests.Count(r => r.IsWrite));
    }

    [Fact]
    public async Task Re_running_all_checks_of_a_commit_repeats_the_check_of_a_pull_request()
    {
        await PushAndSettleAsync(Manifests.Shop);
        var head = await PushAsync(Broken, "change");
        await Shop.OpenPullRequestAsync("change");
        await Stage.RunUntilQuietAsync();
        var writes = Stage.GitHub.Requests.Count(r => r.IsWrite);

        await Shop.RerequestSuiteAsync(head, "maintainer");
        await Stage.RunUntilQuietAsync();

        Assert.Equal("failure", Check(head, "barcelona").Conclusion);
        Assert.Single(Check(head, "barcelona").Annotations);
        Assert.Equal(writes + 1, Stage.GitHub.Requests.Count(r => r.IsWrite));
    }

    [Fact]
    public async Task Re_running_all_checks_of_a_broken_push_repeats_its_check()
    {
        var sha = await PushAndSettleAsync(Broken);
        Assert.Equal("failure", Check(sha, "barcelona").Conclusion);
        var writes = Stage.GitHub.Requests.Count(r => r.IsWrite);

        await Shop.RerequestSuiteAsync(sha, "maintainer");
        await Stage.RunUntilQuietAsync();

        Assert.Equal("failure", Check(sha, "barcelona").Conclusion);
        Assert.Equal(writes + 1, Stage.GitHub.Requests.Count(r => r.IsWrite));
        Assert.Empty(Stage.Aws.Calls);
    }

    [Fact]
    public async Task A_broken_file_on_a_branch_that_deployed_before_is_told_at_its_line()
    {
        var onStable = Manifests.Shop.Replace("image_name:", "deploy: {on: [{branch: stable}]}\n    image_name:", StringComparison.Ordinal);
        await PushAndSettleAsync(onStable);
        var first = await PushAndSettleAsync(onStable, "stable");
        Assert.Equal("success", Check(first).Conclusion);

        var broken = onStable.Replace("memory: 128", "memory: lots", StringComparison.Ordinal);
        var sha = await PushAndSettleAsync(broken, "stable");
        var elsewhere = await PushAndSettleAsync(broken, "feature");

        Assert.Equal("failure", Check(sha, "barcelona").Conclusion);
        Assert.Contains(Check(sha, "barcelona").Annotations, a => a.Message.Contains("lots", StringComparison.Ordinal));
        Assert.DoesNotContain(Shop.CheckRuns, c => c.HeadSha == elsewhere);
    }

    /// <summary>A pull request with that file in the merge queue; gives the commit that the queue tries.</summary>
    private async Task<string> QueuedAsync(string manifest)
    {
        await PushAndSettleAsync(Manifests.Shop);
        await PushAsync(manifest, "change");
        var number = await Shop.OpenPullRequestAsync("change");
        await Stage.RunUntilQuietAsync();
        return await Shop.QueuePullRequestAsync(number);
    }
}
