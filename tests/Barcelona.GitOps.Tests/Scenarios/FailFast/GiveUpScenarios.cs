using Barcelona.GitOps.Sandbox.Aws.Faults;
using Barcelona.GitOps.Sandbox.Aws.Images;
using Barcelona.GitOps.Tests.Scenarios.Checks;

namespace Barcelona.GitOps.Tests.Scenarios.FailFast;

/// <summary>When a release is given up, and what comes of it.</summary>
public sealed class GiveUpScenarios : FailFastScenario
{
    private const string NotPulled = "The image of web could not be pulled: it is not there under this name and tag, or may not be read.";

    private const string Worker = """
        environments:
          production:
            name: shop
            district: default
            image_name: acme/shop
            image_tag: stable
            services:
              - {name: worker, memory: 256, command: bundle exec sidekiq}

        """;

    [Fact]
    public async Task An_update_whose_image_is_not_there_is_given_up_at_the_first_task()
    {
        var (good, bad) = await UpdateAsync(NotThere);

        await Stage.RunUntilAsync(() => TitleOf(bad) == $"Failing: {NotPulled}");
        var told = Stage.Clock.GetUtcNow();
        Assert.InRange(told.UtcDateTime - (await StoppedAsync())[0].StoppingAt!.Value.ToUniversalTime(), TimeSpan.Zero, TimeSpan.FromSeconds(30));
        Assert.Contains("The release is given up", Check(bad).Summary, StringComparison.Ordinal);
        Assert.Contains("manifest unknown", Check(bad).Text, StringComparison.Ordinal);
        await Stage.RunUntilQuietAsync();

        Assert.Equal(
            ("failure", $"Failed: {NotPulled} The update was given up, and AWS went back to what ran before."),
            (Check(bad).Conclusion, Check(bad).Title));
        Assert.Equal("failure", Shop.Deployments[^1].Statuses[^1].State);
        Assert.Equal(1, Cancellations);
        Assert.Equal([$"acme/shop:{good}"], await Serving.ImagesBehindAsync(Stage, "web"));
        Assert.Contains("give the update up", Check(bad).Text, StringComparison.Ordinal);

        var mended = await PushMendedAsync();
        Assert.Equal("success", Check(mended).Conclusion);
    }

    [Fact]
    public async Task A_first_deploy_whose_image_is_not_there_is_taken_back_and_the_next_one_works()
    {
        Every(NotThere);

        var bad = await PushAndSettleAsync(Manifests.Shop);

        Assert.Equal(
            ("failure", $"Failed: {NotPulled.Replace("web", "worker", StringComparison.Ordinal)} What was made of it is taken away again."),
            (Check(bad).Conclusion, Check(bad).Title));
        Assert.Contains("manifest unknown", Check(bad).Text, StringComparison.Ordinal);
        Assert.Equal(1, Deletions);
        Assert.Empty(Stage.Aws.Calls.Of("logs", "DeleteLogGroup"));

        var mended = await PushMendedAsync();
        Assert.Equal("success", Check(mended).Conclusion);
    }

    [Fact]
    public async Task A_crash_loop_is_told_at_the_first_task_and_what_ECS_takes_back_itself_is_left_to_it()
    {
        var web = Manifests.Shop[..Manifests.Shop.IndexOf("      - name: worker", StringComparison.Ordinal)];
        var good = await PushAndSettleAsync(web);
        Every(Crashes, but: good);
        var writes = Stage.GitHub.Requests.Writes.Count;
        var bad = await PushAsync(web + "# bad\n");

        await Stage.RunUntilAsync(() => TitleOf(bad).StartsWith("Failing: ", StringComparison.Ordinal));
        Assert.Equal("Failing: web stopped by itself with exit code 3.", Check(bad).Title);
        Assert.Contains("ECS tries again", Check(bad).Summary, StringComparison.Ordinal);
        Assert.InRange((await StoppedAsync()).Count, 1, 2);
        Assert.Empty(Check(bad).Annotations);
        await Stage.RunUntilQuietAsync();

        Assert.Equal("Failed: web stopped by itself with exit code 3. ECS's circuit breaker went back to what ran before.", Check(bad).Title);
        Assert.Equal(0, Cancellations);
        Assert.Equal([$"acme/shop:{good}"], await Serving.ImagesBehindAsync(Stage, "web"));

        // Six as ever, and the cause.
        Assert.Equal(7, Stage.GitHub.Requests.Writes.Count - writes);
    }

    /// <summary>ECS counts no failure of a service without a health check whose tasks have run.</summary>
    [Fact]
    public async Task A_worker_that_ends_again_and_again_is_given_up_although_ECS_goes_on_for_ever()
    {
        await PushAndSettleAsync(Worker);
        Every(Crashes, but: "stable");

        var bad = await PushAndSettleAsync(Worker.Replace("stable", "other", StringComparison.Ordinal));

        Assert.Equal(1, Cancellations);
        Assert.Equal(
            "Failed: worker stopped by itself with exit code 3. The update was given up, and AWS went back to what ran before.", Check(bad).Title);
    }

    [Fact]
    public async Task While_another_task_of_the_release_stays_up_ECS_decides()
    {
        // Alarms are watched for a while, and so long the deployment is not done.
        Stage.Aws.SetAlarm("HighErrorRate", "OK");
        var watched = Worker.Replace("memory: 256,", "memory: 256, count: 2, deployment: {alarms: [HighErrorRate]},", StringComparison.Ordinal);
        await PushAndSettleAsync(watched);
        var sha = await PushAsync(watched.Replace("stable", "other", StringComparison.Ordinal));
        while (await NewAsync() is not { Count: 2 } tasks || tasks.Any(t => t.LastStatus != "RUNNING"))
        {
            await Stage.RunForAsync(TimeSpan.FromSeconds(1));
        }

        Every(Crashes);
        using var ecs = Ecs();
        await ecs.StopTaskAsync(new() { Cluster = Cluster, Task = (await NewAsync())[0].TaskArn }, Stop);
        await Stage.RunForAsync(TimeSpan.FromMinutes(1));

        Assert.InRange((await StoppedAsync()).Count(t => t.Containers[0].ExitCode == 3), 3, 99);
        Assert.Equal(("Failing: worker stopped by itself with exit code 3.", 0), (TitleOf(sha), Cancellations));

        Every(new ImageBehaviour.Healthy());
        await Stage.RunUntilQuietAsync();
        Assert.Equal("success", Check(sha).Conclusion);
    }

    [Theory]
    [InlineData("toomanyrequests: You have reached your pull rate limit.")]
    [InlineData("failed to resolve ref docker.io/acme/shop: dial tcp 44.205.64.79:443: i/o timeout")]
    public async Task A_registry_that_asks_to_wait_is_told_and_waited_for(string reason)
    {
        var (_, bad) = await UpdateAsync(new ImageBehaviour.PullFails(reason));
        await Stage.RunUntilAsync(
            () => TitleOf(bad).StartsWith("Failing: The image of web could not be pulled: its registry", StringComparison.Ordinal));

        Every(new ImageBehaviour.Healthy());
        await Stage.RunUntilQuietAsync();

        Assert.Equal(("success", $"Deployed {bad[..7]} to default/shop"), (Check(bad).Conclusion, Check(bad).Title));
        Assert.Equal(0, Cancellations);
        Assert.Empty(Check(bad).Annotations);
        Assert.DoesNotContain("Evidence", Check(bad).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_task_that_a_person_stops_is_no_reason()
    {
        var good = await PushAndSettleAsync(Manifests.Shop);
        var bad = await PushAsync(Manifests.Shop + "# more\n");
        using var ecs = Ecs();
        for (var stopped = 0; stopped < 4; await Stage.RunForAsync(TimeSpan.FromSeconds(1)))
        {
            var tasks = await ecs.ListTasksAsync(new() { Cluster = Cluster }, Stop);
            var described = await ecs.DescribeTasksAsync(new() { Cluster = Cluster, Tasks = tasks.TaskArns }, Stop);
            var mine = described.Tasks.Where(t => !t.Containers.Exists(c => c.Image.EndsWith(good, StringComparison.Ordinal)));
            foreach (var task in mine.Where(t => t.LastStatus == "RUNNING"))
            {
                await ecs.StopTaskAsync(new() { Cluster = Cluster, Task = task.TaskArn, Reason = "by hand" }, Stop);
                stopped++;
            }
        }

        await Stage.RunUntilQuietAsync();

        Assert.Equal(("success", 0), (Check(bad).Conclusion, Cancellations));
        Assert.DoesNotContain(Stage.GitHub.Requests, r => r.IsWrite && r.ToString()!.Contains("Failing", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_AWS_completes_all_the_same_is_a_success()
    {
        Stage.Aws.Faults.Error(
            new FaultMatch("cloudformation", "CancelUpdateStack") { Times = 99 },
            "ValidationError", "CancelUpdateStack cannot be called from current stack status");
        var (_, bad) = await UpdateAsync(NotThere);
        await Stage.RunUntilAsync(() => TitleOf(bad) == $"Failing: {NotPulled}");

        Every(new ImageBehaviour.Healthy());
        await Stage.RunUntilQuietAsync();

        Assert.Equal(("success", $"Deployed {bad[..7]} to default/shop"), (Check(bad).Conclusion, Check(bad).Title));
        Assert.Equal([$"acme/shop:{bad}"], await Serving.ImagesBehindAsync(Stage, "web"));
    }

    [Theory]
    [InlineData("ListTasks")]
    [InlineData("DescribeServices")]
    public async Task A_look_that_is_denied_fails_no_release(string operation)
    {
        await PushAndSettleAsync(Manifests.Shop);
        var sha = await PushAsync(Manifests.Shop + "# more\n");
        Stage.Aws.Faults.Error(
            new FaultMatch("ecs", operation) { Times = 4 }, "AccessDeniedException", $"User: x is not authorized to perform: ecs:{operation}");
        await Stage.RunUntilQuietAsync();

        Assert.Equal("success", Check(sha).Conclusion);
    }

    /// <summary>Tasks of the second release.</summary>
    private async Task<IReadOnlyList<Amazon.ECS.Model.Task>> NewAsync()
    {
        using var ecs = Ecs();
        var listed = await ecs.ListTasksAsync(new() { Cluster = Cluster }, Stop);
        var described = await ecs.DescribeTasksAsync(new() { Cluster = Cluster, Tasks = listed.TaskArns }, Stop);
        return [.. described.Tasks.Where(t => t.TaskDefinitionArn.EndsWith(":2", StringComparison.Ordinal))];
    }

    private async Task<string> PushMendedAsync()
    {
        Every(new ImageBehaviour.Healthy());
        return await PushAndSettleAsync(Manifests.Shop + "# mended\n");
    }
}
