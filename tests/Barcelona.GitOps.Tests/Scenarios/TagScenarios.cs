namespace Barcelona.GitOps.Tests.Scenarios;

public sealed class TagScenarios : Scenario
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_tag_deploys_the_environments_that_tags_deploy_with_its_image(bool annotated)
    {
        var sha = await PushAndSettleAsync(Manifests.Tagged);
        Assert.Equal("success", Check(sha, "barcelona/staging").Conclusion);

        await Shop.TagAsync("v1.4.0", sha, annotated);
        await Stage.RunUntilQuietAsync();

        Assert.Equal(("success", "Deployed v1.4.0 to default/shop"), (Check(sha).Conclusion, Check(sha).Title));
        Assert.Contains(
            Stage.Registry.Deployed("acme/shop:v1.4.0"),
            Stage.Aws.Calls.Of("ecs", "RegisterTaskDefinition")[^1].Request.ToJsonString(),
            StringComparison.Ordinal);
        Assert.Equal(["staging", "production"], Shop.Deployments.Select(d => d.Environment));
    }

    [Fact]
    public async Task An_older_tag_does_not_overwrite_a_newer_one()
    {
        var older = await PushAndSettleAsync(Manifests.Tagged);
        var newer = await PushAndSettleAsync(Manifests.Tagged + "# more\n");
        await Shop.TagAsync("v2.0.0", newer);
        await Stage.RunUntilQuietAsync();
        var writes = Stage.Aws.Calls.Writes.Count;

        await Shop.TagAsync("v1.9.0", older);
        await Stage.RunUntilQuietAsync();

        Assert.Equal("cancelled", Check(older).Conclusion);
        Assert.Contains("explicit act", Check(older).Summary, StringComparison.Ordinal);
        Assert.Equal(writes, Stage.Aws.Calls.Writes.Count);
    }

    [Fact]
    public async Task An_older_tag_does_not_overwrite_a_newer_one_that_changed_nothing()
    {
        var stable = Manifests.WithFixedImage(Manifests.Tagged);
        var sha = await PushAndSettleAsync(stable);
        await Shop.TagAsync("v1.0.0-rc.1", sha);
        await Stage.RunUntilQuietAsync();
        await Shop.TagAsync("v1.0.0", sha);
        await Stage.RunUntilQuietAsync();
        Assert.Contains(Shop.CheckRuns, c => c.Title == "Deployed v1.0.0 to default/shop");
        var late = await PushAndSettleAsync(stable.Replace("memory: 256", "memory: 512", StringComparison.Ordinal));
        var writes = Stage.Aws.Calls.Writes.Count;

        await Shop.TagAsync("v1.0.0-rc.2", late);
        await Stage.RunUntilQuietAsync();

        Assert.Equal(("cancelled", $"Superseded by {sha[..7]}"), (Check(late).Conclusion, Check(late).Title));
        Assert.Equal(writes, Stage.Aws.Calls.Writes.Count);
    }

    [Fact]
    public async Task A_re_run_of_a_lower_tag_that_changes_nothing_makes_no_room_below_the_highest()
    {
        var stable = Manifests.WithFixedImage(Manifests.Tagged);
        var first = await PushAndSettleAsync(stable);
        await Shop.TagAsync("v1.0.0", first);
        await Stage.RunUntilQuietAsync();
        await Shop.TagAsync("v1.1.0", await PushAndSettleAsync(stable + "# words\n"));
        await Stage.RunUntilQuietAsync();
        await Shop.RerequestAsync(Check(first).Id, "somebody");
        await Stage.RunUntilQuietAsync();

        var late = await PushAndSettleAsync(stable.Replace("memory: 256", "memory: 512", StringComparison.Ordinal));
        await Shop.TagAsync("v1.0.5", late);
        await Stage.RunUntilQuietAsync();

        Assert.Equal("cancelled", Check(late).Conclusion);
        Assert.Contains(
            "v1.0.5 is a lower version than v1.1.0", Check(late).Summary?.Replace("\\", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tag_that_was_moved_is_not_taken_back_by_asking_for_its_old_commit_again()
    {
        var old = await PushAndSettleAsync(Manifests.Tagged);
        await Shop.TagAsync("v1.4.0", old);
        await Stage.RunUntilQuietAsync();
        var moved = await PushAndSettleAsync(Manifests.Tagged.Replace("memory: 256", "memory: 512", StringComparison.Ordinal));
        await Shop.TagAsync("v1.4.0", moved);
        await Stage.RunUntilQuietAsync();
        Assert.Equal("success", Check(moved).Conclusion);
        var writes = Stage.Aws.Calls.Writes.Count;

        await Shop.RerequestAsync(Check(old).Id, "maintainer");
        await Stage.RunUntilQuietAsync();

        Assert.Contains(Shop.CheckRuns, c => c.HeadSha == old && c.Conclusion == "cancelled" && c.Title == $"Superseded by {moved[..7]}");
        Assert.Equal(writes, Stage.Aws.Calls.Writes.Count);
    }

    [Fact]
    public async Task Of_two_tags_without_a_version_the_later_made_wins_in_whatever_order_they_are_told()
    {
        var older = await PushAndSettleAsync(Manifests.Tagged);
        var newer = await PushAndSettleAsync(Manifests.Tagged + "# more\n");
        var date = Stage.Clock.GetUtcNow();
        await Shop.TagAsync("v-new", newer, annotated: true, date);
        await Shop.TagAsync("v-old", older, annotated: true, date.AddDays(-1));
        await Stage.RunUntilQuietAsync();

        Assert.Equal(("cancelled", "success"), (Check(older).Conclusion, Check(newer).Conclusion));
    }

    [Fact]
    public async Task Four_tags_in_one_push_make_no_event_and_are_found_by_the_sweep()
    {
        var sha = await PushAndSettleAsync(Manifests.Tagged);
        await Shop.TagAsync([("v1.0.0", sha), ("v1.1.0", sha), ("v1.2.0", sha), ("v1.3.0", sha)]);
        await Stage.RunUntilQuietAsync();
        Assert.DoesNotContain(Shop.CheckRuns, c => c.Name == "barcelona/production");

        await Stage.SweepAsync();

        Assert.Contains(Shop.CheckRuns, c => c is { Name: "barcelona/production", Conclusion: "success", Title: "Deployed v1.3.0 to default/shop" });
        Assert.DoesNotContain(Shop.CheckRuns, c => c.Status != "completed");
    }

    [Fact]
    public async Task Old_tags_are_no_news_when_a_repository_is_first_heard_of()
    {
        // More than three at once: nobody is told of these tags.
        Stage.GitHub.Deliver = false;
        var sha = await PushAsync(Manifests.Tagged);
        await Shop.TagAsync([("v0.6.0", sha), ("v0.7.0", sha), ("v0.8.0", sha), ("v0.9.0", sha)]);
        Stage.GitHub.Deliver = true;
        await PushAndSettleAsync(Manifests.Tagged + "# first heard\n");

        await Stage.SweepAsync();

        Assert.DoesNotContain(Shop.CheckRuns, c => c.Name == "barcelona/production");
    }
}
