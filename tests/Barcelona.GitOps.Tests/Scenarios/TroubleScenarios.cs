using Barcelona.GitOps.Sandbox.Aws.Faults;
using Barcelona.GitOps.Sandbox.Aws.Images;
using Barcelona.GitOps.Tests.Scenarios.Checks;

namespace Barcelona.GitOps.Tests.Scenarios;

public sealed class TroubleScenarios : Scenario
{
    [Fact]
    public async Task A_crash_looping_image_fails_with_its_cause_and_what_ran_before_runs()
    {
        var good = await PushAndSettleAsync(Manifests.Shop);
        Stage.Aws.Images.Set(
            "acme/shop:*", new ImageBehaviour.CrashLoop(ExitCode: 3, TimeSpan.FromSeconds(1)) { LogLines = ["cannot reach the database"] });
        Stage.Aws.Images.Set($"acme/shop:{good}", new ImageBehaviour.Healthy());

        var bad = await PushAndSettleAsync(Manifests.Shop + "# bad\n");

        var check = Check(bad);
        Assert.Equal("failure", check.Conclusion);
        Assert.Contains("exit code 3", check.Title, StringComparison.Ordinal);
        Assert.Equal("failure", Shop.Deployments[^1].Statuses[^1].State);

        Assert.Equal([$"acme/shop:{good}"], await Serving.ImagesBehindAsync(Stage, "web"));

        // acme/shop is public: its log lines stay in CloudWatch, and the check says where.
        Assert.DoesNotContain("cannot reach the database", check.Text, StringComparison.Ordinal);
        Assert.Contains("/barcelona/default/shop", check.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Back_to_what_ran_before_a_failed_deploy_there_is_nothing_to_do()
    {
        var good = await PushAndSettleAsync(Manifests.Shop);
        Stage.Aws.Images.Set("acme/shop:*", new ImageBehaviour.CrashLoop(ExitCode: 3, TimeSpan.FromSeconds(1)));
        Stage.Aws.Images.Set($"acme/shop:{good}", new ImageBehaviour.Healthy());
        var bad = await PushAndSettleAsync(Manifests.Shop + "# bad\n");
        Assert.Equal("failure", Check(bad).Conclusion);
        var writes = Stage.Aws.Calls.Writes.Count;

        await Shop.ForcePushAsync("main", good);
        await Stage.RunUntilQuietAsync();

        var check = Shop.CheckRuns.Last(c => c.HeadSha == good && c.Name == "barcelona/production");
        Assert.Equal(2, Shop.CheckRuns.Count(c => c.HeadSha == good && c.Name == "barcelona/production"));
        Assert.Equal(("success", $"Deployed {good[..7]} to default/shop"), (check.Conclusion, check.Title));
        Assert.Empty(Stage.Aws.Calls.Writes.Skip(writes).Select(c => c.ToString()));
        Assert.Equal([$"acme/shop:{good}"], await Serving.ImagesBehindAsync(Stage, "web"));
    }

    [Theory]
    [InlineData("ClientException", "No Fargate configuration exists for given values: 1 CPU, 1 memory.")]
    [InlineData("InvalidParameterException", "Invalid image name.")]
    public async Task A_task_definition_that_ECS_refuses_ends_the_run_at_once_in_the_words_of_ECS(string code, string words)
    {
        Stage.Aws.Faults.Error(new FaultMatch("ecs", "RegisterTaskDefinition") { Times = 1_000 }, code, words);
        var before = Stage.Clock.GetUtcNow();

        var sha = await PushAndSettleAsync(Manifests.Shop);

        Assert.Equal(("completed", "failure"), (Check(sha).Status, Check(sha).Conclusion));
        Assert.Equal($"Failed: ECS refuses the task definition of web: {words}", Check(sha).Title);
        Assert.Single(Stage.Aws.Calls.Of("ecs", "RegisterTaskDefinition"));
        Assert.True(Stage.Clock.GetUtcNow() - before < TimeSpan.FromMinutes(2));
    }

    [Fact]
    public async Task A_family_in_which_somebody_else_registers_just_now_is_waited_for()
    {
        Stage.Aws.Faults.Error(
            new FaultMatch("ecs", "RegisterTaskDefinition") { Times = 3 },
            "ClientException",
            "Too many concurrent attempts to create a new revision of the specified family.");

        var sha = await PushAndSettleAsync(Manifests.Shop);

        Assert.Equal("success", Check(sha).Conclusion);
    }

    [Fact]
    public async Task A_first_deploy_that_fails_takes_its_stack_away_and_keeps_the_logs_and_the_next_one_works()
    {
        Stage.Aws.Images.Set("acme/shop:*", new ImageBehaviour.CrashLoop(ExitCode: 1, TimeSpan.FromSeconds(1)));
        var bad = await PushAndSettleAsync(Manifests.Shop);
        Assert.Equal("failure", Check(bad).Conclusion);
        Assert.Contains(
            Stage.Aws.Calls.Of("cloudformation", "DeleteStack"),
            c => c.Request.ToJsonString().Contains("barcelona-app--default--shop", StringComparison.Ordinal));
        Assert.Empty(Stage.Aws.Calls.Of("logs", "DeleteLogGroup"));

        Stage.Aws.Images.Set("acme/shop:*", new ImageBehaviour.Healthy());
        var good = await PushAndSettleAsync(Manifests.Shop + "# mended\n");

        Assert.Equal("success", Check(good).Conclusion);
    }

    [Fact]
    public async Task Throttled_AWS_fails_no_run()
    {
        Stage.Aws.Faults.Throttle(new FaultMatch("cloudformation") { Times = 12 });
        Stage.Aws.Faults.Throttle(new FaultMatch("ecs") { Times = 8 });

        var sha = await PushAndSettleAsync(Manifests.Shop);

        Assert.Equal("success", Check(sha).Conclusion);
        Assert.Equal(2, Stage.Aws.Calls.Of("cloudformation", "CreateStack").Count(c => c.StatusCode == 200));
    }

    [Fact]
    public async Task A_lost_answer_of_AWS_starts_nothing_twice()
    {
        Stage.Aws.Faults.LostResponse(new FaultMatch("cloudformation", "CreateStack") { Times = 2 });
        Stage.Aws.Faults.LostResponse(new FaultMatch("ecs", "RegisterTaskDefinition"));

        var sha = await PushAndSettleAsync(Manifests.Shop);

        Assert.Equal("success", Check(sha).Conclusion);
        Assert.Equal(
            ["default--shop--web", "default--shop--worker"],
            Stage.Aws.Calls.Of("ecs", "RegisterTaskDefinition").Select(c => (string?)c.Request["family"]));
    }

    [Fact]
    public async Task GitHub_down_holds_up_no_deploy_and_hears_the_verdict_when_it_is_back()
    {
        var sha = await PushAsync(Manifests.Shop);
        await Stage.RunDueAsync();
        Stage.GitHub.Faults.Down = true;
        await Stage.RunForAsync(TimeSpan.FromMinutes(3));
        Assert.NotEqual("completed", Check(sha).Status);
        var writes = Stage.Aws.Calls.Writes.Count;

        Stage.GitHub.Faults.Down = false;
        await Stage.RunUntilQuietAsync();

        Assert.Equal("success", Check(sha).Conclusion);
        Assert.Equal(writes, Stage.Aws.Calls.Writes.Count);
    }

    [Fact]
    public async Task Deliveries_lost_while_the_service_was_down_are_made_up_for()
    {
        await PushAndSettleAsync(Manifests.Shop);
        await Stage.StopServiceAsync();
        var missed = await PushAsync(Manifests.Shop + "# while down\n");

        await Stage.StartServiceAsync();
        await Stage.SweepAsync();

        Assert.Equal("success", Check(missed).Conclusion);
    }

    [Fact]
    public async Task The_database_lost_a_push_of_the_same_content_writes_nothing_to_AWS()
    {
        await PushAndSettleAsync(Manifests.FixedImage);
        await Stage.StopServiceAsync();
        Stage.LoseDatabase();
        await Stage.StartServiceAsync();
        var writes = Stage.Aws.Calls.Writes.Count;

        var sha = await PushAndSettleAsync(Manifests.FixedImage + "# words\n");

        Assert.Equal("success", Check(sha).Conclusion);
        Assert.Empty(Stage.Aws.Calls.Writes.Skip(writes).Select(c => c.ToString()));
    }

    [Fact]
    public async Task A_repository_that_the_district_does_not_list_is_refused_on_the_district_line()
    {
        Stage.District.Write(text => text.Replace("acme/*", "acme/other", StringComparison.Ordinal));

        var sha = await PushAndSettleAsync(Manifests.Shop);

        Assert.Equal("failure", Check(sha).Conclusion);
        Assert.Contains(Check(sha).Annotations, a => a.StartLine == 4);
        Assert.Empty(Stage.Aws.Calls.Writes);
    }

    [Fact]
    public async Task A_private_repository_is_shown_its_log_lines_without_the_secrets_in_them()
    {
        var hidden = Stage.GitHub.CreateRepository("acme", "hidden", isPrivate: true);
        Stage.Aws.Images.Set("acme/shop:*", new ImageBehaviour.CrashLoop(ExitCode: 3, TimeSpan.FromSeconds(1))
        {
            LogLines = ["cannot reach postgres://shop:hunter2@db.internal/shop"],
        });
        await hidden.CommitAsync("main", new Dictionary<string, string> { ["barcelona.yml"] = Manifests.Shop }, "Change barcelona.yml");
        await Stage.RunUntilQuietAsync();

        var check = Assert.Single(hidden.CheckRuns);
        Assert.Contains("cannot reach postgres://", check.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", check.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_update_that_was_throttled_is_not_blamed_for_the_roll_back_before_it()
    {
        var good = await PushAndSettleAsync(Manifests.Shop);
        Stage.Aws.Images.Set("acme/shop:*", new ImageBehaviour.CrashLoop(ExitCode: 3, TimeSpan.FromSeconds(1)));
        Stage.Aws.Images.Set($"acme/shop:{good}", new ImageBehaviour.Healthy());
        await PushAndSettleAsync(Manifests.Shop + "# bad\n");
        Stage.Aws.Images.Set("acme/shop:*", new ImageBehaviour.Healthy());

        // As often as the SDK tries: the pass after it finds a roll-back, and what it asked for is on record.
        Stage.Aws.Faults.Throttle(new FaultMatch("cloudformation", "UpdateStack") { Times = 4 });
        Stage.Aws.Faults.Throttle(new FaultMatch("cloudformation", "DescribeStackEvents") { Times = 4 });
        var mended = await PushAndSettleAsync(Manifests.Shop + "# mended\n");

        Assert.Equal("success", Check(mended).Conclusion);
    }

    [Fact]
    public async Task A_throttled_clean_up_is_done_all_the_same()
    {
        Stage.Aws.Images.Set("acme/shop:*", new ImageBehaviour.CrashLoop(ExitCode: 1, TimeSpan.FromSeconds(1)));
        Stage.Aws.Faults.Throttle(new FaultMatch("cloudformation", "DeleteStack") { Times = 4 });

        var bad = await PushAndSettleAsync(Manifests.Shop);

        Assert.Equal("failure", Check(bad).Conclusion);
        Assert.Contains("exit code 1", Check(bad).Title, StringComparison.Ordinal);
        Assert.Contains(Stage.Aws.Calls.Of("cloudformation", "DeleteStack"), c => c.StatusCode == 200);
    }
}
