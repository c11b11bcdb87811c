using Barcelona.GitOps.Core.Districts;
using Barcelona.GitOps.Core.Manifest;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Planning;
using Barcelona.GitOps.Core.Templates.Tasks;
using Barcelona.GitOps.Core.Tests.Templates;

namespace Barcelona.GitOps.Core.Tests.Planning;

public sealed class BeforeDeployTests
{
    private const string Migrating = """
        environments:
          production:
            name: shop
            district: default
            image_name: acme/shop
            before_deploy: rake db:migrate
            services: [{name: worker, command: bin/worker}]
        """;

    private static readonly string Quiet = Migrating.Replace("    before_deploy: rake db:migrate\n", "", StringComparison.Ordinal);

    [Fact]
    public void It_is_no_state_so_that_a_change_of_it_alone_is_nothing_to_deploy()
    {
        var (with, without) = (Example.Desired(Example.Release(Migrating)), Example.Desired(Example.Release(Quiet)));

        Assert.Equal(without.Fingerprint, with.Fingerprint);
        Assert.Equal(without.AppStack.TemplateBody, with.AppStack.TemplateBody);
        Assert.True(Planner.Plan(with, Applied.To(Applied.Nothing, without)).IsEmpty);
    }

    [Fact]
    public void It_is_registered_with_the_rest_and_the_plan_says_that_it_runs()
    {
        var inputs = Example.Release(Migrating);
        var first = Applied.To(Applied.Nothing, Example.Desired(inputs));

        var plan = Planner.Plan(Example.Desired(inputs with { Image = "acme/shop:2" }), first);

        Assert.Equal(
            ["default--shop--worker", "default--shop--before_deploy"],
            plan.Steps.OfType<PlanStep.RegisterTaskDefinition>().Select(s => s.TaskDefinition.Family));
        Assert.Equal(["Before any service changes, before_deploy runs once, for at most 20 min."], plan.Consequences);
        Assert.Empty(Planner.Plan(Example.Desired(inputs), first).Consequences);
    }

    /// <summary>Two of one name would run each other's.</summary>
    [Fact]
    public void No_service_and_no_scheduled_task_can_have_its_name()
    {
        Assert.False(NameRules.IsValid(OneOffSpec.BeforeDeploy));
        Assert.DoesNotMatch(NameRules.JsonSchemaPattern, OneOffSpec.BeforeDeploy);
    }

    [Theory]
    [InlineData(Capacity.Ec2, Capacity.Ec2, false)]
    [InlineData(Capacity.Fargate, Capacity.Fargate, true)]
    [InlineData(Capacity.FargateSpot, Capacity.Fargate, true)]
    public void It_runs_where_the_districts_services_do_but_never_on_spot(Capacity district, Capacity expected, bool hasNetwork)
    {
        var spec = Spec(Migrating, Example.District with { Capacity = district });

        Assert.Equal((expected, hasNetwork), (spec.Capacity, spec.Network is not null));
    }

    [Fact]
    public void On_instances_it_goes_by_the_clusters_capacity_provider()
    {
        var district = Example.District with { Cluster = new Cluster.Existing("default") { CapacityProvider = "barcelona" } };

        Assert.Equal("barcelona", Spec(Migrating, district).CapacityProvider);
        Assert.Null(Spec(Migrating, district with { Capacity = Capacity.Fargate }).CapacityProvider);
    }

    [Theory]
    [InlineData("{command: rake db:migrate, cpu: 4096}", "BCN705")]
    [InlineData("{command: rake db:migrate, memory: 8192}", "BCN705")]
    public void The_districts_policy_bounds_it(string task, string code)
    {
        var policy = Example.District.Policy with { MaxCpu = 2048, MaxMemory = 4096 };

        var built = DesiredStateBuilder.Build(
            Example.Release(Migrating.Replace("rake db:migrate", task, StringComparison.Ordinal), Example.District with { Policy = policy }));

        Assert.Null(built.Value);
        Assert.Equal((code, 6), (Assert.Single(built.Diagnostics).Code, built.Diagnostics[0].Span.Line));
    }

    [Theory]
    [InlineData("rake db:migrate", new string[0])]
    [InlineData("{command: rake db:migrate, cpu: 300, memory: 700}", new[] { "BCN708" })]
    [InlineData("{command: rake db:migrate, memory: 200000}", new[] { "BCN709" })]
    public void On_Fargate_its_size_is_rounded_up_and_a_default_is_no_surprise(string task, string[] codes) => Assert.Equal(
        codes,
        DesiredStateBuilder.Build(Example.Release(
            Migrating.Replace("rake db:migrate", task, StringComparison.Ordinal), Example.District with { Capacity = Capacity.Fargate }))
            .Diagnostics.Select(d => d.Code));

    private static OneOffSpec Spec(string yaml, District district) =>
        Example.Desired(Example.Release(yaml, district)).BeforeDeploy ?? throw new InvalidOperationException("There is none.");
}
