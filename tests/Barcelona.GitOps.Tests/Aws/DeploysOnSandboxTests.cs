using Amazon.ECS.Model;
using Barcelona.GitOps.Aws.Converging;
using Barcelona.GitOps.Aws.Observing;
using Barcelona.GitOps.Aws.Rollouts;
using Barcelona.GitOps.Core.Planning;
using Barcelona.GitOps.Core.Templates.Routing;
using Barcelona.GitOps.Sandbox.Aws.Faults;
using Task = System.Threading.Tasks.Task;

namespace Barcelona.GitOps.Tests.Aws;

/// <summary>Releases that succeed, whatever the network and other people do meanwhile.</summary>
public sealed class DeploysOnSandboxTests
{
    private const string Worker = "      - {name: worker, count: 2, cpu: 32, memory: 128, command: bin/work}\n";

    private const string Web =
        "      - {name: web, service_type: web, count: 1, cpu: 32, memory: 128, command: bin/web,\n"
        + "         listeners: [{endpoint: demo-endpoint, health_check_path: /}]}\n";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_first_release_converges_and_planning_again_makes_two_reads_and_no_write()
    {
        await using var world = await SandboxWorld.StartAsync();
        var release = world.Release("acme/shop:1", Web + Worker);

        await world.DeployAsync(release);

        var expected = await world.ExpectedAsync(release);
        var reading = await world.ReadingAsync(expected);
        Assert.True(reading.IsConverged, string.Join(", ", reading.Services));
        var writes = world.Aws.Calls.Writes.Select(c => c.Operation).Order();
        Assert.Equal(["CreateStack", "CreateStack", "RegisterTaskDefinition", "RegisterTaskDefinition"], writes);
        Assert.True(Planner.Plan(release, await world.ObserveAsync(release)).IsEmpty);

        world.Aws.Calls.Clear();
        var stacks = await world.Harness.Get<AwsStateReader>().ReadStacksAsync(world.Harness.Session, release.Target, Token);
        Assert.True(Planner.Plan(release, stacks).IsEmpty);
        Assert.Equal(["DescribeStacks", "DescribeStacks"], world.Aws.Calls.Select(c => c.Operation));

        // The verdict: one more, as the stack's outputs name the services.
        world.Aws.Calls.Clear();
        await world.ReadingAsync(expected);
        Assert.Equal(["DescribeServices"], world.Aws.Calls.Select(c => c.Operation));
    }

    [Fact]
    public async Task A_new_image_is_all_that_its_plan_shows_of_the_task_definition()
    {
        await using var world = await SandboxWorld.StartAsync();
        await world.DeployAsync(world.Release("acme/shop:1", Web));

        var next = world.Release("acme/shop:2", Web);
        var plan = Planner.Plan(next, await world.ObserveAsync(next));

        var changed = Assert.Single(plan.Changes, c => c.LogicalId == "default--shop--web");
        var property = Assert.Single(changed.Properties);
        Assert.EndsWith("image", property.Path, StringComparison.Ordinal);
        Assert.Equal(("acme/shop:1", "acme/shop:2"), (property.Old, property.New));
    }

    [Fact]
    public async Task An_update_is_in_progress_until_the_new_one_runs_alone()
    {
        await using var world = await SandboxWorld.StartAsync();
        await world.DeployAsync(world.Release("acme/shop:1", Worker));
        var next = world.Release("acme/shop:2", Worker);

        Assert.True(await world.StepAsync(next));
        Assert.True((await world.ReadingAsync(await world.ExpectedAsync(next))).IsInProgress);
        world.Pass(TimeSpan.FromSeconds(8));
        Assert.True((await world.ReadingAsync(await world.ExpectedAsync(next))).IsInProgress);
        world.Pass(TimeSpan.FromMinutes(2));

        Assert.Equal(new ServiceRollout.Converged(2), Assert.Single((await world.ReadingAsync(await world.ExpectedAsync(next))).Services).State);
    }

    [Fact]
    public async Task Throttling_and_lost_answers_leave_one_stack_and_one_revision()
    {
        await using var world = await SandboxWorld.StartAsync();
        var release = world.Release("acme/shop:1", Worker);
        world.Aws.Faults.Throttle(new FaultMatch("cloudformation", "DescribeStacks") { Times = 2 });
        world.Aws.Faults.Throttle(new FaultMatch("cloudformation", "CreateStack"));
        world.Aws.Faults.LostResponse(new FaultMatch("cloudformation", "CreateStack") { Times = 2 });
        world.Aws.Faults.ServerError(new FaultMatch("ecs", "DescribeServices"));

        await world.DeployAsync(release);

        Assert.True((await world.ReadingAsync(await world.ExpectedAsync(release))).IsConverged);
        Assert.Single(world.Aws.Calls.Of("ecs", "RegisterTaskDefinition"));
        var tokens = world.Aws.Calls.Of("cloudformation", "CreateStack").Select(c => c.Request["ClientRequestToken"]?.ToString()).Distinct();
        Assert.Equal(2, tokens.Count());
    }

    [Fact]
    public async Task An_update_of_a_stack_at_work_says_look_again()
    {
        await using var world = await SandboxWorld.StartAsync();
        var release = world.Release("acme/shop:1", Worker);
        Assert.True(await world.StepAsync(release));

        Assert.IsType<StepOutcome.Busy>(await world.StartAsync(new PlanStep.UpdateStack(release.HeritageStack with
        {
            Parameters = release.HeritageStack.Parameters.SetItem("Fingerprint", "other"),
        })));
    }

    [Fact]
    public async Task A_task_definition_set_by_hand_is_not_ours()
    {
        await using var world = await SandboxWorld.StartAsync();
        await world.DeployAsync(world.Release("acme/shop:1", Worker));
        var release = world.Release("acme/shop:2", Worker);
        await world.DeployAsync(release);
        var expected = await world.ExpectedAsync(release);
        var service = Assert.Single((await world.ReadingAsync(expected)).Services);

        var byHand = expected.Services[0].TaskDefinitionArn.Replace(":2", ":1", StringComparison.Ordinal);
        await world.Harness.Session.Ecs.UpdateServiceAsync(
            new UpdateServiceRequest { Cluster = "default", Service = service.ServiceArn, TaskDefinition = byHand }, Token);
        world.Pass(TimeSpan.FromMinutes(2));

        Assert.Equal(new ServiceRollout.Overwritten(byHand), Assert.Single((await world.ReadingAsync(expected)).Services).State);
    }

    [Fact]
    public async Task A_service_deleted_by_hand_is_missing()
    {
        await using var world = await SandboxWorld.StartAsync();
        var release = world.Release("acme/shop:1", Worker);
        await world.DeployAsync(release);
        var expected = await world.ExpectedAsync(release);
        var service = Assert.Single((await world.ReadingAsync(expected)).Services);

        await world.Harness.Session.Ecs.DeleteServiceAsync(
            new DeleteServiceRequest { Cluster = "default", Service = service.ServiceArn, Force = true }, Token);
        world.Pass(TimeSpan.FromMinutes(2));

        Assert.IsType<ServiceRollout.Missing>(Assert.Single((await world.ReadingAsync(expected)).Services).State);
    }

    [Fact]
    public async Task A_listeners_rules_are_known_with_their_stack()
    {
        await using var world = await SandboxWorld.StartAsync();
        await world.DeployAsync(world.Release("acme/shop:1", Web));
        var listener = world.District.Endpoints[0].Existing?.HttpListenerArn ?? "";

        var rules = await world.Harness.Get<ListenerRulesReader>().ReadAsync(world.Harness.Session, [listener, listener + "0"], own: null, Token);

        Assert.Equal([new RuleInUse(listener, 100, "barcelona-app--default--shop")], rules.InUse);
        Assert.Equal([listener + "0"], rules.MissingListeners);
    }
}
