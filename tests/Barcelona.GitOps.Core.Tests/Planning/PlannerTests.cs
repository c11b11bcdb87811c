using Barcelona.GitOps.Core.Planning;
using Barcelona.GitOps.Core.Templates;
using Barcelona.GitOps.Core.Tests.Templates;

namespace Barcelona.GitOps.Core.Tests.Planning;

public sealed class PlannerTests
{
    private const string Worker = """
        environments:
          production:
            name: shop
            district: default
            image_name: acme/shop
            services:
              - {name: worker, memory: 256, command: bin/work}
        """;

    private static readonly ReleaseInputs Inputs = Example.Release(Worker);
    private static readonly DesiredState Desired = Example.Desired(Inputs);

    [Fact]
    public void The_first_deploy_makes_roles_then_task_definitions_then_services()
    {
        var plan = Planner.Plan(Desired, Applied.Nothing);

        Assert.Collection(plan.Steps,
            s => Assert.Equal(Desired.HeritageStack, Assert.IsType<PlanStep.CreateStack>(s).Stack),
            s => Assert.Equal("worker", Assert.IsType<PlanStep.RegisterTaskDefinition>(s).TaskDefinition.Name),
            s => Assert.Equal(Desired.AppStack, Assert.IsType<PlanStep.CreateStack>(s).Stack));
        Assert.All(plan.Changes, c => Assert.Equal(ChangeKind.Created, c.Kind));
    }

    [Fact]
    public void Right_after_applying_there_is_nothing_to_do()
    {
        var plan = Planner.Plan(Desired, Applied.To(Applied.Nothing, Desired));

        Assert.True(plan.IsEmpty);
        Assert.All(plan.Changes, c => Assert.Equal(ChangeKind.Unchanged, c.Kind));
    }

    [Fact]
    public void A_new_image_changes_the_task_definition_and_its_service_and_nothing_else()
    {
        var applied = Applied.To(Applied.Nothing, Desired);
        var next = Example.Desired(Inputs with { Image = "acme/shop:next" });

        var plan = Planner.Plan(next, applied);

        Assert.Equal(["RegisterTaskDefinition", "UpdateStack"], plan.Steps.Select(s => s.GetType().Name));
        Assert.Equal(Desired.AppStack.TemplateBody, next.AppStack.TemplateBody);
        Assert.Collection(plan.Changes.Where(c => c.Kind != ChangeKind.Unchanged),
            c => Assert.Equal([new("containerDefinitions[worker].image", Inputs.Image, "acme/shop:next")], c.Properties),
            c => Assert.Equal("ServiceWorker", c.LogicalId));
    }

    [Fact]
    public void A_commit_that_changes_nothing_is_not_written()
    {
        var applied = Applied.To(Applied.Nothing, Desired);
        var next = Example.Desired(Inputs with { Commit = Core.Names.CommitSha.Parse(new string('a', 40)), Ref = Core.Names.GitRef.Tag("v2") });

        Assert.Equal(Desired.Fingerprint, next.Fingerprint);
        Assert.True(Planner.Plan(next, applied).IsEmpty);
    }

    [Fact]
    public void After_a_roll_back_what_ran_before_is_there_and_what_failed_is_not()
    {
        var rolledBack = Applied.To(Applied.Nothing, Desired).In(StackStatus.UpdateRollbackComplete);
        var failed = Example.Desired(Inputs with { Image = "acme/shop:next" });

        Assert.Empty(Planner.Plan(Desired, rolledBack).Steps);
        Assert.Contains(Planner.Plan(failed, rolledBack).Steps, s => s is PlanStep.UpdateStack);
    }

    [Fact]
    public void An_update_to_this_very_release_that_is_on_its_way_is_only_waited_for()
    {
        var updating = Applied.To(Applied.Nothing, Desired).In(StackStatus.UpdateInProgress);

        Assert.IsType<PlanStep.Wait>(Assert.Single(Planner.Plan(Desired, updating).Steps));
    }

    [Fact]
    public void A_stack_that_failed_to_be_created_is_got_out_of_the_way_before_anything_else()
    {
        var failed = Applied.To(Applied.Nothing, Desired).In(StackStatus.RollbackComplete);
        var next = Example.Desired(Inputs with { Image = "acme/shop:next" });

        Assert.Equal(["DeleteFailedStack", "RegisterTaskDefinition", "CreateStack"], Planner.Plan(next, failed).Steps.Select(s => s.GetType().Name));
    }

    [Fact]
    public void A_revision_under_roles_that_are_gone_is_registered_again()
    {
        var applied = Applied.To(Applied.Nothing, Desired);
        var oldRoles = applied with
        {
            AppStack = null,
            TaskDefinitions = [applied.TaskDefinitions[0] with { TaskRoleArn = "arn:aws:iam::123456789012:role/gone" }],
        };

        Assert.Equal(["RegisterTaskDefinition", "CreateStack"], Planner.Plan(Desired, oldRoles).Steps.Select(s => s.GetType().Name));
    }

    [Fact]
    public void A_revision_that_is_at_hand_is_used_again()
    {
        var applied = Applied.To(Applied.Nothing, Desired);

        Assert.IsType<PlanStep.CreateStack>(Assert.Single(Planner.Plan(Desired, applied with { AppStack = null }).Steps));
    }

    [Fact]
    public void Moving_a_service_to_fargate_replaces_it()
    {
        var applied = Applied.To(Applied.Nothing, Desired);
        var plan = Planner.Plan(
            Example.Desired(Example.Release(Worker.Replace("memory: 256", "memory: 512, capacity: fargate", StringComparison.Ordinal))), applied);

        var service = Assert.Single(plan.Changes, c => c.LogicalId == "ServiceWorker");
        Assert.Equal(ChangeKind.Replaced, service.Kind);
        Assert.Contains(new("LaunchType", "EC2", "FARGATE"), service.Properties);
    }

    [Fact]
    public void Another_count_is_one_property_of_one_service()
    {
        var applied = Applied.To(Applied.Nothing, Desired);
        var plan = Planner.Plan(
            Example.Desired(Example.Release(Worker.Replace("memory: 256", "memory: 256, count: 3", StringComparison.Ordinal))), applied);

        Assert.Equal([new("DesiredCount", null, "3")], Assert.Single(plan.Changes, c => c.Kind == ChangeKind.Changed).Properties);
        Assert.IsType<PlanStep.UpdateStack>(Assert.Single(plan.Steps));
    }
}
