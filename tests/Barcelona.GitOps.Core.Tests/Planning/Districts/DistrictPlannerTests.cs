using Barcelona.GitOps.Core.Districts;
using Barcelona.GitOps.Core.Planning;
using Barcelona.GitOps.Core.Planning.Districts;
using Barcelona.GitOps.Core.Reports;
using Barcelona.GitOps.Core.Tests.Templates.Districts;

namespace Barcelona.GitOps.Core.Tests.Planning.Districts;

public sealed class DistrictPlannerTests
{
    private static readonly District District = DistrictExample.With(MadeDistrict.Keys);

    [Fact]
    public void What_an_endpoint_is_made_from_comes_from_the_district_s_stack_and_the_plan_says_so()
    {
        var plan = MadeDistrict.Plan(District, MadeDistrict.Nothing);

        Assert.Equal([[], ["CreateStack"], ["Later"]], plan.Phases.Select(p => p.Select(s => s.GetType().Name).ToArray()));
        Assert.All(plan.Plan.Changes, c => Assert.Equal(ChangeKind.Created, c.Kind));
        Assert.Contains(plan.Plan.Changes, c => c is { Where: "barcelona-endpoint--default--demo-endpoint", LogicalId: "LoadBalancer" });
        Assert.Contains("with what barcelona-default gives", PlanText.Of(plan.Plan), StringComparison.Ordinal);
    }

    [Fact]
    public void Once_it_is_made_there_is_nothing_to_do() => Assert.True(MadeDistrict.Plan(District, MadeDistrict.Made(District)).Plan.IsEmpty);

    [Fact]
    public void An_endpoint_that_the_file_has_no_longer_goes_first_without_its_protection()
    {
        var made = MadeDistrict.Made(District);

        var plan = MadeDistrict.Plan(Changed("  demo-endpoint: {public: true}", "  other: {public: true}"), made);

        Assert.Equal(
            [["Unprotect", "DeleteStack"], ["UpdateStack"], ["CreateStack"]], plan.Phases.Select(p => p.Select(s => s.GetType().Name).ToArray()));
        Assert.Empty(DistrictGuards.Destructive(MadeDistrict.Desired(Changed("demo-endpoint: {", "other: {"), made), made, plan.Plan));
    }

    [Fact]
    public void A_district_goes_endpoints_first_and_the_plan_says_what_stays()
    {
        var plan = MadeDistrict.Plan(DistrictExample.With(MadeDistrict.Keys + "\ndelete: true"), MadeDistrict.Made(District));

        Assert.Equal([["Unprotect", "DeleteStack"], ["DeleteStack"], []], plan.Phases.Select(p => p.Select(s => s.GetType().Name).ToArray()));
        Assert.Contains(plan.Plan.Consequences, c => c.StartsWith("The bucket made-Bucket stays", StringComparison.Ordinal));
    }

    [Fact]
    public void Another_instance_type_rolls_the_instances_and_replaces_nothing()
    {
        var plan = MadeDistrict.Plan(Changed("t3.small", "t3.medium"), MadeDistrict.Made(District)).Plan;

        Assert.DoesNotContain(plan.Changes, c => c.Kind is ChangeKind.Replaced or ChangeKind.Deleted or ChangeKind.Created);
        Assert.Contains("rolled one by one", Assert.Single(plan.Consequences), StringComparison.Ordinal);
        Assert.Single(plan.Steps);
    }

    [Fact]
    public void A_third_zone_replaces_no_subnet()
    {
        var plan = MadeDistrict.Plan(Changed("zones: 2", "zones: 3"), MadeDistrict.Made(District)).Plan;

        Assert.DoesNotContain(plan.Changes, c => c.Kind == ChangeKind.Replaced && c.Type is "AWS::EC2::Subnet" or "AWS::EC2::NatGateway");
        Assert.Contains(plan.Changes, c => c is { Kind: ChangeKind.Created, Type: "AWS::EC2::Subnet" });
    }

    [Theory]
    [InlineData("10.1.0.0/16", "10.2.0.0/16", 4)]
    [InlineData("{public: true}", "{public: false}", 7)]
    public void What_would_destroy_is_refused_on_the_line_of_its_cause(string old, string text, int line)
    {
        var made = MadeDistrict.Made(District);
        var changed = Changed(old, text);

        var refusals = DistrictGuards.Destructive(MadeDistrict.Desired(changed, made), made, MadeDistrict.Plan(changed, made).Plan);

        Assert.NotEmpty(refusals);
        Assert.All(refusals, r => Assert.Equal((line, "BCN520"), (r.Span.Line, r.Code)));
    }

    [Fact]
    public void What_the_file_accepts_by_name_is_not_refused()
    {
        var made = MadeDistrict.Made(District);
        var changed = DistrictExample.With(
            MadeDistrict.Keys.Replace("{public: true}", "{public: false}", StringComparison.Ordinal) + "\nallow_replacement: [demo-endpoint.LoadBalancer]");

        Assert.Empty(DistrictGuards.Destructive(MadeDistrict.Desired(changed, made), made, MadeDistrict.Plan(changed, made).Plan));
    }

    [Fact]
    public void Another_way_out_is_another_address_and_the_plan_says_so()
    {
        var plan = MadeDistrict.Plan(Changed("managed_gateway", "instance"), MadeDistrict.Made(District)).Plan;

        Assert.Contains(plan.Consequences, c => c.Contains("come from a new address", StringComparison.Ordinal));
        Assert.Contains(plan.Consequences, c => c.Contains("stays allocated", StringComparison.Ordinal));
        Assert.DoesNotContain(MadeDistrict.Plan(District, MadeDistrict.Nothing).Plan.Consequences, c => c.Contains("address", StringComparison.Ordinal));
    }

    [Fact]
    public void Ipv6_comes_to_a_living_network_and_replaces_no_subnet()
    {
        var made = MadeDistrict.Made(District);
        var changed = Changed("zones: 2", "zones: 2, ipv6: true");

        Assert.Empty(DistrictGuards.Destructive(MadeDistrict.Desired(changed, made), made, MadeDistrict.Plan(changed, made).Plan));
    }

    [Fact]
    public void A_template_that_cannot_be_compared_is_not_updated()
    {
        var made = MadeDistrict.Made(District);
        var foreign = made with { Stack = made.Stack is { } stack ? stack with { TemplateBody = "Resources: {}" } : null };
        var changed = Changed("zones: 2", "zones: 3");

        var refusals = DistrictGuards.Destructive(MadeDistrict.Desired(changed, foreign), foreign, MadeDistrict.Plan(changed, foreign).Plan);

        Assert.Equal("BCN529", Assert.Single(refusals).Code);
    }

    /// <summary>Attached, it could not be replaced: what IAM never changes must not say what the file may.</summary>
    [Theory]
    [InlineData("read")]
    [InlineData("admin")]
    public void Another_right_of_a_team_changes_its_policy_in_place(string right)
    {
        var plan = MadeDistrict.Plan(Team(right), MadeDistrict.Made(Team("deploy"))).Plan;

        var change = Assert.Single(plan.Changes, c => c.Kind != ChangeKind.Unchanged);
        Assert.Equal(("TeamPolicyOpsAtAcme", ChangeKind.Changed), (change.LogicalId, change.Kind));
        Assert.Empty(plan.Consequences);
    }

    [Fact]
    public void A_team_that_goes_keeps_its_right_until_somebody_detaches_the_policy_and_the_plan_says_so()
    {
        var made = MadeDistrict.Made(Team("deploy"));

        Assert.StartsWith(
            "TeamPolicyOpsAtAcme goes: detach it by hand before.", Assert.Single(MadeDistrict.Plan(District, made).Plan.Consequences), StringComparison.Ordinal);
        Assert.Contains(
            "Detach made-TeamPolicyOpsAtAcme by hand: until then the teams keep their rights, and the stack cannot go.",
            MadeDistrict.Plan(DistrictExample.With(MadeDistrict.Keys + "\nteams: {acme/ops: deploy}\ndelete: true"), made).Plan.Consequences);
    }

    private static District Team(string right) => DistrictExample.With(MadeDistrict.Keys + $"\nteams: {{acme/ops: {right}}}");

    private static District Changed(string old, string text) => DistrictExample.With(MadeDistrict.Keys.Replace(old, text, StringComparison.Ordinal));
}
