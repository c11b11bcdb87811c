using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.Faults;
using Barcelona.GitOps.Storage.History;
using Microsoft.Extensions.DependencyInjection;

namespace Barcelona.GitOps.Tests.Scenarios.BeforeDeploys;

/// <summary>It runs once for a release that changes something, with what the services get, before they change.</summary>
public sealed class RunOnceScenarios : BeforeDeployScenario
{
    [Fact]
    public async Task It_runs_with_the_new_image_before_any_service_changes()
    {
        Ends(0);

        var sha = await PushAndSettleAsync(Manifests.Migrating);

        Assert.Equal("success", Check(sha).Conclusion);
        Assert.Contains("before_deploy: exit 0, 12 s", TextOf(Check(sha)), StringComparison.Ordinal);
        var task = Assert.Single(Tasks);
        Assert.Equal((Family, Stage.Registry.Deployed($"acme/shop:{sha}"), "EC2"), (task.Family, task.Image, task.LaunchType));
        Assert.Equal("shop", task.Tags["barcelona:heritage"]);
        Assert.Equal(
            ["heritage", "RunTask", "app"],
            Stage.Aws.Calls.Writes.Where(c => c.Operation is "CreateStack" or "RunTask")
                .Select(c => c.Operation == "RunTask" ? "RunTask" : ((string?)c.Request["StackName"] ?? "").Split('-')[1]));
        var app = Assert.Single(
            Stage.Aws.Calls.Of("cloudformation", "CreateStack"), c => (string?)c.Request["StackName"] == "barcelona-app--default--shop");
        Assert.True(task.StoppedAt <= app.At);
    }

    [Fact]
    public async Task The_next_release_runs_its_own_and_a_push_that_changes_nothing_runs_none()
    {
        var changing = Manifests.Migrating;
        await PushAndSettleAsync(changing);
        var second = await PushAndSettleAsync(changing + "# more\n");
        Assert.Equal(2, Tasks.Count);
        Assert.Equal(Stage.Registry.Deployed($"acme/shop:{second}"), Tasks[1].Image);

        var still = Manifests.WithFixedImage(changing);
        await PushAndSettleAsync(still);
        var (tasks, writes) = (Tasks.Count, Stage.Aws.Calls.Writes.Count);
        var sha = await PushAndSettleAsync(still.Replace("db:migrate", "db:migrate db:seed", StringComparison.Ordinal));

        Assert.Equal("success", Check(sha).Conclusion);
        Assert.Equal((tasks, writes), (Tasks.Count, Stage.Aws.Calls.Writes.Count));
    }

    [Fact]
    public async Task It_gets_the_variables_the_secrets_and_the_roles_of_the_application()
    {
        Stage.Aws.SeedParameter("/barcelona/default/shop/database_url", "postgres://db");
        var sha = await PushAndSettleAsync(With(
            "{command: [bin/migrate], cpu: 256, memory: 300}\n"
            + "    environment: {RAILS_ENV: {value: production}, DATABASE_URL: {ssm_path: shop/database_url}}"));

        Assert.Equal("success", Check(sha).Conclusion);
        var definitions = Stage.Aws.Calls.Of("ecs", "RegisterTaskDefinition").ToDictionary(c => (string?)c.Request["family"] ?? "", c => c.Request);
        var (own, worker) = (definitions[Family], definitions["default--shop--worker"]);
        var container = own["containerDefinitions"]?[0];
        Assert.Equal("""["bin/migrate"]""", container?["command"]?.ToJsonString());
        Assert.Equal(("256", "300"), (container?["cpu"]?.ToJsonString(), container?["memory"]?.ToJsonString()));
        foreach (var (left, right) in new[] { "environment", "secrets" }.Select(n => (container?[n], worker["containerDefinitions"]?[0]?[n]))
            .Concat(new[] { "taskRoleArn", "executionRoleArn", "networkMode" }.Select(n => (own[n], worker[n]))))
        {
            Assert.NotNull(left);
            Assert.True(JsonNode.DeepEquals(left, right), $"{left} is not {right}");
        }
    }

    [Theory]
    [InlineData("fargate")]
    [InlineData("fargate_spot")]
    public async Task On_Fargate_it_goes_into_the_districts_network_and_never_on_spot(string capacity)
    {
        Stage.District.Write(text => text.Replace("capacity: ec2", $"capacity: {capacity}", StringComparison.Ordinal));

        var sha = await PushAndSettleAsync(Manifests.Migrating);

        Assert.Equal("success", Check(sha).Conclusion);
        Assert.Equal("FARGATE", Assert.Single(Tasks).LaunchType);
        var request = Assert.Single(Stage.Aws.Calls.Of("ecs", "RunTask")).Request;
        Assert.Equal(("FARGATE", null), ((string?)request["launchType"], request["capacityProviderStrategy"]));
        Assert.Equal("DISABLED", (string?)request["networkConfiguration"]?["awsvpcConfiguration"]?["assignPublicIp"]);
    }

    [Fact]
    public async Task Asked_for_again_it_runs_again_and_only_if_something_is_left_to_do()
    {
        Ends(1);
        var sha = await PushAndSettleAsync(Manifests.Migrating);
        Assert.Equal("failure", Check(sha).Conclusion);
        Ends(0);

        await Shop.RerequestAsync(Check(sha).Id, "acme");
        await Stage.RunUntilQuietAsync();

        Assert.Equal(2, Tasks.Count);
        Assert.Equal("success", Shop.CheckRuns[^1].Conclusion);
    }

    [Fact]
    public async Task Throttled_and_answers_lost_it_runs_once()
    {
        Stage.Aws.Faults.Throttle(new FaultMatch("ecs", "RunTask") { Times = 6 });
        Stage.Aws.Faults.LostResponse(new FaultMatch("ecs", "RunTask") { Times = 2 });
        Stage.Aws.Faults.Throttle(new FaultMatch("ecs", "DescribeTasks") { Times = 6 });
        Stage.Aws.Faults.Throttle(new FaultMatch("ecs", "ListTasks") { Times = 6 });

        var sha = await PushAndSettleAsync(Manifests.Migrating);

        Assert.Equal("success", Check(sha).Conclusion);
        Assert.Single(Tasks);
    }

    /// <summary>What ECS answers to the token is the same task, which it no longer shows by then.</summary>
    [Fact]
    public async Task A_service_that_was_away_for_hours_does_not_run_it_again()
    {
        await PushAsync(Manifests.Migrating);
        await Stage.RunUntilAsync(() => Tasks.Count == 1);
        await Stage.StopServiceAsync();
        Stage.Clock.Advance(TimeSpan.FromHours(3));
        await Stage.StartServiceAsync();
        await Stage.RunUntilQuietAsync();

        Assert.Single(Tasks);
        Assert.Equal("failure", Shop.CheckRuns[^1].Conclusion);
        Assert.DoesNotContain(
            Stage.Aws.Calls.Of("cloudformation", "CreateStack"), c => (string?)c.Request["StackName"] == "barcelona-app--default--shop");
    }

    /// <summary>The token has gone with the task by then: the same call would run it a second time.</summary>
    [Fact]
    public async Task Whose_answer_was_lost_is_not_asked_for_again_once_ECS_may_have_forgotten_it()
    {
        Ends(0, seconds: 60);
        Stage.Aws.Faults.LostResponse(new FaultMatch("ecs", "RunTask") { Times = 20 });
        var sha = await PushAsync(With("{command: rake db:migrate, timeout: 3h}"));
        await Stage.RunUntilAsync(() => Tasks.Count == 1);
        await Stage.StopServiceAsync();
        Stage.Aws.Faults.Clear();
        for (var minute = 0; minute < 90; minute++)
        {
            Stage.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        await Stage.StartServiceAsync();
        await Stage.RunUntilQuietAsync();

        Assert.NotNull(Assert.Single(Tasks).StoppedAt);
        Assert.Equal("failure", Check(sha).Conclusion);
        Assert.Contains("whether it ran is not known", Check(sha).Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_was_used_is_no_refusal()
    {
        Stage.Aws.Faults.Error(new FaultMatch("ecs", "RunTask"), "ConflictException", "The clientToken is already in use.");

        Assert.Equal("success", Check(await PushAndSettleAsync(Manifests.Migrating)).Conclusion);
        Assert.Single(Tasks);
    }

    /// <summary>The deploy's own time is for the services.</summary>
    [Fact]
    public async Task Its_time_comes_on_top_of_the_deploys()
    {
        Ends(0, seconds: 40 * 60);

        var sha = await PushAndSettleAsync(
            With("{command: rake db:migrate, timeout: 1h}\n    deploy: {timeout: 10m}"));

        Assert.Equal("success", Check(sha).Conclusion);
        Assert.Contains("before_deploy: exit 0, 40 min", TextOf(Check(sha)), StringComparison.Ordinal);
        var run = Assert.Single(await Stage.Services.GetRequiredService<Runs>().RecentAsync(10, Stop));
        Assert.InRange(run.FinishedAt - run.StartedAt ?? TimeSpan.Zero, TimeSpan.FromMinutes(40), TimeSpan.FromMinutes(51));
    }
}
