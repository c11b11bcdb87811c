using System.Collections.Immutable;
using Barcelona.GitOps.Core.Diagnostics;
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

        Assert.Equal([[], ["CreateStack", "UpdateStack"], ["Later"]], plan.Phases.Select(p => p.Select(s => s.GetType().Name).ToArray()));
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
            [["Unprotect", "DeleteStack"], ["UpdateStack"], ["CreateStack", "UpdateStack"]],
            plan.Phases.Select(p => p.Select(s => s.GetType().Name).ToArray()));
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
    public void What_stays_names_what_AWS_itself_has_made()
    {
        var keys = MadeDistrict.Keys.Replace(
            "{public: true}", "{public: true, domain: demo.example.com, hosted_zone: Z123}", StringComparison.Ordinal);

        var plan = MadeDistrict.Plan(DistrictExample.With(keys + "\ndelete: true"), MadeDistrict.Made(DistrictExample.With(keys))).Plan;

        Assert.Contains(plan.Consequences, c => c.Contains("certificate of demo.example.com stays in zone Z123", StringComparison.Ordinal));
        Assert.Contains(plan.Consequences, c => c.Contains("/aws/ecs/containerinsights/made-Cluster/performance", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("min: 1, max: 3", "The instances of InstanceGroup are rolled, one at a time: the tasks of one that goes move first. At least 1 stay in service.")]
    [InlineData("min: 8, max: 20", "The instances of InstanceGroup are rolled, up to 4 at a time: the tasks of one that goes move first. At least 8 stay in service.")]
    [InlineData("min: 0, max: 1", "The instances of InstanceGroup are rolled, one at a time: the tasks of one that goes move first. "
        + "When there is only one, its tasks wait until the new one is there.")]
    public void What_rolling_means_follows_the_size_of_the_group(string sizes, string expected)
    {
        var keys = MadeDistrict.Keys.Replace("min: 1, max: 3", sizes, StringComparison.Ordinal);

        var plan = MadeDistrict.Plan(
            DistrictExample.With(keys.Replace("t3.small", "t3.medium", StringComparison.Ordinal)), MadeDistrict.Made(DistrictExample.With(keys)));

        Assert.Equal([expected], plan.Plan.Consequences);
    }

    [Fact]
    public void A_bastion_goes_before_the_new_one_comes_and_the_cluster_is_left_alone()
    {
        var district = DistrictExample.With(MadeDistrict.Keys + "\nbastion: true");

        var plan = MadeDistrict.Plan(district, MadeDistrict.Made(district).WithOlderBaseImage());

        Assert.StartsWith("The bastion is replaced", Assert.Single(plan.Plan.Consequences), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_NAT_instance_is_replaced_with_its_image_and_with_its_launch_template_and_the_plan_says_so(bool isOnlyTheTemplate)
    {
        var district = Changed("managed_gateway", "instance");
        var made = MadeDistrict.Made(district);

        var plan = MadeDistrict.Plan(district, isOnlyTheTemplate ? made.WithOlder("count=512", "count=256") : made.WithOlderBaseImage());

        Assert.StartsWith("NatInstance is replaced by a new instance, to which its address moves", Assert.Single(plan.Plan.Consequences), StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_that_is_replaced_is_refused_once_even_if_the_file_accepts_it()
    {
        var made = MadeDistrict.Made(District);
        var changed = DistrictExample.With(
            MadeDistrict.Keys.Replace("10.1.", "10.2.", StringComparison.Ordinal)
            + "\nallow_replacement: [Vpc, PrivateSubnet1, PrivateSubnet2, PublicSubnet1, PublicSubnet2]");

        var desired = MadeDistrict.Desired(changed, made);
        var plan = MadeDistrict.Plan(changed, made).Plan;

        var refusal = Assert.Single(DistrictGuards.Destructive(desired, made, plan));
        Assert.Equal((4, "BCN533"), (refusal.Span.Line, refusal.Code));
        Assert.Empty(DistrictGuards.LeftBehind(desired, made, plan));
        Assert.Empty(DistrictGuards.LeftBehind(MadeDistrict.Desired(District, made), made, MadeDistrict.Plan(District, made).Plan));
    }

    [Fact]
    public void Another_instance_type_rolls_the_instances_and_replaces_nothing()
    {
        var plan = MadeDistrict.Plan(Changed("t3.small", "t3.medium"), MadeDistrict.Made(District)).Plan;

        Assert.DoesNotContain(plan.Changes, c => c.Kind is ChangeKind.Replaced or ChangeKind.Deleted or ChangeKind.Created);
        Assert.Contains("rolled, one at a time", Assert.Single(plan.Consequences), StringComparison.Ordinal);
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
        Assert.All(refusals, r => Assert.Equal((line, true), (r.Span.Line, r.Code is "BCN520" or "BCN533")));
    }

    [Fact]
    public void A_network_is_not_exchanged_in_place_whatever_the_file_accepts()
    {
        const string Accepted = "\nallow_replacement: [Vpc, PublicSubnet1, PublicSubnet2, PrivateSubnet1, PrivateSubnet2]";
        var other = MadeDistrict.Keys.Replace("10.1.0.0/16", "10.2.0.0/16", StringComparison.Ordinal) + Accepted;

        var refusal = Assert.Single(Refusals(DistrictExample.With(other), MadeDistrict.Made(District)));

        Assert.Equal(("BCN533", 4), (refusal.Code, refusal.Span.Line));
    }

    [Theory]
    [InlineData(true, "BCN533")]
    [InlineData(false, "")]
    public void A_network_does_not_go_before_the_endpoints_in_it(bool hasEndpoint, string code)
    {
        const string Accepted = "\nallow_replacement: [Vpc, PublicSubnet1, PublicSubnet2, PrivateSubnet1, PrivateSubnet2]";
        var endpoint = hasEndpoint ? "demo-endpoint: {public: true}" : "{}";
        var existing = DistrictExample.With(
            $"{Existing}\ncluster: {{instance_types: [t3.small], min: 1, max: 3}}\nendpoints:\n  {endpoint}{Accepted}");

        var refusals = Refusals(existing, MadeDistrict.Made(District));

        Assert.Equal(code, string.Join(' ', refusals.Select(r => r.Code)));
    }

    [Theory]
    [InlineData("zones: 3", "zones: 2", "", "PrivateSubnet3 PublicSubnet3")]
    [InlineData("zones: 2", "zones: 2", "\nbucket: {existing: acme-barcelona}", "Bucket")]
    public void A_subnet_and_a_bucket_go_only_by_name(string before, string after, string more, string names)
    {
        var made = MadeDistrict.Made(DistrictExample.With(MadeDistrict.Keys.Replace("zones: 2", before, StringComparison.Ordinal)));
        var keys = MadeDistrict.Keys.Replace("zones: 2", after, StringComparison.Ordinal) + more;

        var refusals = Refusals(DistrictExample.With(keys), made);

        Assert.Equal(names.Split(' ').Length, refusals.Count(r => r.Code == "BCN520"));
        Assert.All(names.Split(' '), name => Assert.Contains(refusals, r => r.Message.Contains($" {name} (", StringComparison.Ordinal)));
        Assert.Empty(Refusals(DistrictExample.With($"{keys}\nallow_replacement: [{names.Replace(" ", ", ", StringComparison.Ordinal)}]"), made));
    }

    [Fact]
    public void A_network_that_endpoints_keep_is_refused_once_with_advice_that_helps()
    {
        var made = MadeDistrict.Made(District);
        var existing = DistrictExample.With(
            $"{Existing}\ncluster: {{instance_types: [t3.small], min: 1, max: 3}}\nendpoints:\n  demo-endpoint: {{public: true}}");
        var (desired, plan) = (MadeDistrict.Desired(existing, made), MadeDistrict.Plan(existing, made).Plan);

        var refusals = DistrictGuards.Destructive(desired, made, plan).AddRange(DistrictGuards.LeftBehind(desired, made, plan));

        Assert.Equal(["BCN533"], refusals.Select(r => r.Code));
    }

    [Fact]
    public void What_the_file_accepts_by_name_is_not_refused()
    {
        var made = MadeDistrict.Made(District);
        var changed = DistrictExample.With(
            MadeDistrict.Keys.Replace("{public: true}", "{public: false}", StringComparison.Ordinal) + "\nallow_replacement: [demo-endpoint.LoadBalancer]");

        Assert.Empty(Refusals(changed, made));
        var plan = MadeDistrict.Plan(changed, made);
        Assert.Equal(["Unprotect", "UpdateStack", "UpdateStack"], plan.Phases[2].Select(s => s.GetType().Name));
        Assert.Contains(plan.Plan.Consequences, c => c.Contains("answer 404 until each is deployed again", StringComparison.Ordinal));
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

    private const string Existing =
        "network: {existing: {vpc_id: vpc-0a1b2c3d, public_subnets: [subnet-0aaaaaaa, subnet-0bbbbbbb], security_group: sg-0a1b2c3d}}";

    private static ImmutableArray<Diagnostic> Refusals(District district, ObservedDistrict observed) =>
        DistrictGuards.Destructive(MadeDistrict.Desired(district, observed), observed, MadeDistrict.Plan(district, observed).Plan);

    private static District Team(string right) => DistrictExample.With(MadeDistrict.Keys + $"\nteams: {{acme/ops: {right}}}");

    private static District Changed(string old, string text) => DistrictExample.With(MadeDistrict.Keys.Replace(old, text, StringComparison.Ordinal));
}
