using System.Text.Json.Nodes;
using Barcelona.GitOps.Core.Planning;
using Barcelona.GitOps.Core.Templates;
using Barcelona.GitOps.Core.Tests.Templates;

namespace Barcelona.GitOps.Core.Tests.Planning;

public sealed class ScheduleTests
{
    private const string Tick = """
        environments:
          production:
            name: shop
            district: default
            image_name: acme/shop
            scheduled_tasks: [{name: tick, schedule: "at(2026-04-02T09:00:00)", timezone: Asia/Tokyo, command: bin/tick}]
        """;

    [Fact]
    public void An_image_only_deploy_changes_the_revision_and_not_the_template()
    {
        var inputs = Example.Release(Tick);
        var (before, after) = (Example.Desired(inputs), Example.Desired(inputs with { Image = "acme/shop:2" }));

        Assert.Equal(before.AppStack.TemplateBody, after.AppStack.TemplateBody);
        Assert.NotEqual(before.TaskDefinitions[0].Content, after.TaskDefinitions[0].Content);
    }

    [Fact]
    public void The_plan_shows_schedules_with_what_they_will_run()
    {
        var inputs = Example.Release(Tick);
        var first = Applied.To(Applied.Nothing, Example.Desired(inputs));

        var plan = Planner.Plan(Example.Desired(inputs with { Image = "acme/shop:2" }), first);

        var change = Assert.Single(plan.Changes, c => c.Type == "AWS::Scheduler::Schedule");
        Assert.Equal(ChangeKind.Changed, change.Kind);
        var property = Assert.Single(change.Properties);
        Assert.Equal(
            ("Target.EcsParameters.TaskDefinitionArn", "default--shop--tick (new revision)"), (property.Path, property.New));
    }

    [Fact]
    public void The_roles_that_the_scheduler_hands_on_are_the_heritages()
    {
        var state = Applied.To(Applied.Nothing, Example.Desired(Example.Release(Tick)));

        var parameters = state.AppStack?.Parameters ?? throw new InvalidOperationException("There is no app stack.");
        Assert.Equal(state.HeritageStack?.Outputs[StackKeys.TaskRoleOutput], parameters[StackKeys.TaskRoleOutput]);
        Assert.Equal(state.HeritageStack?.Outputs[StackKeys.ExecutionRoleOutput], parameters[StackKeys.ExecutionRoleOutput]);
    }

    /// <summary>AWS would refuse it with everything else that the release changes.</summary>
    [Theory]
    [InlineData("2026-04-01T23:59:59Z", true)]
    [InlineData("2026-04-02T00:00:00Z", false)]
    public void What_was_to_run_once_is_left_out_when_that_is_over(string now, bool isThere)
    {
        var inputs = Example.Release(Tick) with { AskedAt = DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture) };

        var built = DesiredStateBuilder.Build(inputs);

        Assert.Equal(isThere ? [] : ["BCN802"], built.Diagnostics.Select(d => d.Code));
        Assert.Equal(isThere, Resources(built.Value).Any(r => r.Value?["Type"]?.ToString() == "AWS::Scheduler::Schedule"));
    }

    [Fact]
    public void Without_schedules_there_is_neither_a_queue_nor_a_role()
    {
        var desired = Example.Desired(Example.Release(Tick.Split("    scheduled_tasks")[0]));

        Assert.Equal(["Nothing"], Resources(desired).Select(r => r.Key));
        Assert.False(desired.AppStack.MakesRoles);
        Assert.Empty(desired.FromHeritage);
    }

    [Fact]
    public void A_districts_limits_hold_for_scheduled_tasks()
    {
        var built = DesiredStateBuilder.Build(
            Example.Release(Tick.Replace("command:", "memory: 4000, command:", StringComparison.Ordinal), Example.District with { Policy = new(null, 2048, null) }));

        Assert.Equal(["BCN705"], built.Diagnostics.Select(d => d.Code));
    }

    [Theory]
    [InlineData("group")]
    [InlineData("r-role")]
    public void No_name_of_a_task_is_that_of_what_all_schedules_share(string name)
    {
        var desired = Example.Desired(Example.Release(Tick.Replace("name: tick", "name: " + name, StringComparison.Ordinal)));

        Assert.Equal(4, Resources(desired).Count);
    }

    [Fact]
    public void A_district_with_limits_takes_no_task_definition_that_it_cannot_look_at()
    {
        var release = Example.Release(
            Tick.Replace("command:", "external_task_def: data-sync, command:", StringComparison.Ordinal), Example.District with { Policy = new(null, 2048, null) });

        Assert.Equal(["BCN803"], DesiredStateBuilder.Build(release).Diagnostics.Select(d => d.Code));
        Assert.Empty(DesiredStateBuilder.Build(release with { District = Example.District }).Diagnostics);
    }

    private static JsonObject Resources(DesiredState? desired) => JsonNode.Parse(desired?.AppStack.TemplateBody ?? "{}")?["Resources"]?.AsObject() ?? [];
}
