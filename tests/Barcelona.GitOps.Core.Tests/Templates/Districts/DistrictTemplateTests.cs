using System.Text;
using System.Text.Json.Nodes;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Planning.Differences;
using Barcelona.GitOps.Core.Templates;
using Barcelona.GitOps.Core.Templates.Districts;

namespace Barcelona.GitOps.Core.Tests.Templates.Districts;

public sealed class DistrictTemplateTests
{
    /// <summary>https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html: for a template from S3.</summary>
    private const int MaxBytes = 1024 * 1024, MaxResources = 500, MaxParameters = 200;

    private const string Existing = "existing: {vpc_id: vpc-1, private_subnets: [subnet-1, subnet-2], security_group: sg-1}";

    [Fact]
    public void The_largest_district_is_within_what_CloudFormation_takes()
    {
        var largest = DistrictVariants.All.Select(v => DistrictExample.Stack(v.District)).MaxBy(s => s.TemplateBody.Length);

        Assert.NotNull(largest);
        var (bytes, template) = (Encoding.UTF8.GetByteCount(largest.TemplateBody), JsonNode.Parse(largest.TemplateBody));
        var resources = template?["Resources"]?.AsObject().Count ?? 0;
        TestContext.Current.SendDiagnosticMessage("The largest district: {0} bytes, {1} resources", bytes, resources);
        Assert.InRange(bytes, 1, MaxBytes);
        Assert.InRange(resources, 1, MaxResources);
        Assert.InRange(largest.Parameters.Count, 1, MaxParameters);
    }

    [Fact]
    public void Two_districts_of_one_account_and_region_have_no_name_in_common()
    {
        string[] naming =
        [
            "Name", "BucketName", "ClusterName", "TopicName", "GroupName", "RoleName", "PolicyName", "ManagedPolicyName", "InstanceProfileName",
            "LaunchTemplateName", "AutoScalingGroupName",
        ];
        var named = DistrictVariants.All.SelectMany(v => DistrictExample.Resources(DistrictExample.Template(v.District)))
            .Where(r => naming.Any(n => r.Properties.ContainsKey(n)))
            .Select(r => $"{r.Type} {r.Id}").Distinct();

        // Private zones are told apart by their network.
        Assert.Equal(["AWS::Route53::HostedZone PrivateZone"], named);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData($"network: {{{Existing}}}\ncluster: {{existing: main}}\ncapacity: ec2\nbucket: {{existing: acme}}", false)]
    [InlineData($"network: {{{Existing}}}\ncluster: {{existing: main}}\ncapacity: ec2", true)]
    [InlineData($"network: {{{Existing}}}\ncluster: {{existing: main}}\ncapacity: ec2\nbucket: {{existing: acme}}\nbastion: true", true)]
    [InlineData($"network: {{{Existing}}}\ncluster: {{existing: main}}\ncapacity: ec2\nbucket: {{existing: acm}}\nteams: {{acme/ops: admin}}", true)]
    [InlineData($"network: {{{Existing}}}\ncluster: {{existing: main}}\ncapacity: ec2\nbucket: {{existing: acme}}\nendpoints: {{web: {{}}}}", true)]
    [InlineData($"network: {{{Existing}}}\ncluster: {{existing: a}}\ncapacity: ec2\nbucket: {{existing: acm}}\nnotifications: [{{sns: true}}]", true)]
    [InlineData($"network: {{{Existing}}}\ncapacity: fargate\nbucket: {{existing: acme}}", true)]
    public void A_district_has_a_stack_as_soon_as_it_makes_anything(string keys, bool isNeeded) =>
        Assert.Equal(isNeeded, DistrictTemplate.IsNeeded(DistrictExample.With(keys)));

    [Fact]
    public void Subnets_are_equal_parts_of_the_block_that_never_move()
    {
        Assert.Equal(
            [
                "PrivateSubnet1 10.1.0.0/19 0", "PrivateSubnet2 10.1.32.0/19 1",
                "PublicSubnet1 10.1.128.0/19 0", "PublicSubnet2 10.1.160.0/19 1",
            ],
            Subnets("network: {cidr_block: 10.1.0.0/16, zones: 2}"));
        Assert.Equal(
            [
                "PrivateSubnet1 10.1.0.0/19 0", "PrivateSubnet2 10.1.32.0/19 1", "PrivateSubnet3 10.1.64.0/19 2",
                "PublicSubnet1 10.1.128.0/19 0", "PublicSubnet2 10.1.160.0/19 1", "PublicSubnet3 10.1.192.0/19 2",
            ],
            Subnets("network: {cidr_block: 10.1.0.0/16, zones: 3}"));
    }

    [Theory]
    [InlineData("instance", "PrivateRoute1 NatInstance, PrivateRoute2 NatInstance")]
    [InlineData("managed_gateway", "PrivateRoute1 NatGateway1, PrivateRoute2 NatGateway1")]
    [InlineData("managed_gateway_multi_az", "PrivateRoute1 NatGateway1, PrivateRoute2 NatGateway2")]
    [InlineData("none", "")]
    public void Private_subnets_go_out_through_the_nat_of_the_file(string natType, string routes)
    {
        var resources = DistrictExample.Resources(DistrictExample.Template(DistrictExample.With($$"""network: {nat_type: {{natType}}}""")));

        Assert.Equal(routes, string.Join(", ", resources
            .Where(r => r.Type == "AWS::EC2::Route" && r.Id.StartsWith("Private", StringComparison.Ordinal))
            .Select(r => $"{r.Id} {(r.Properties["NatGatewayId"] ?? r.Properties["InstanceId"])?["Ref"]}").Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void The_nat_instance_forwards_after_a_reboot_too_and_hands_out_no_credentials()
    {
        var template = DistrictExample.Template(DistrictExample.With("network: {nat_type: instance, cidr_block: 10.7.0.0/20}"));
        var data = template["Resources"]?["NatInstanceTemplate"]?["Properties"]?["LaunchTemplateData"];
        var script = data?["UserData"]?["Fn::Base64"]?.GetValue<string>() ?? "";

        Assert.Equal("required", data?["MetadataOptions"]?["HttpTokens"]?.GetValue<string>());
        Assert.False(template["Resources"]?["NatInstance"]?["Properties"]?["SourceDestCheck"]?.GetValue<bool>());
        Assert.StartsWith("#!/bin/bash\n", script, StringComparison.Ordinal);
        Assert.All(
            [
                "> /etc/sysctl.d/90-barcelona-nat.conf\n", "> /etc/sysconfig/nftables.conf <<", "\nsystemctl enable nftables\n",
                "ip saddr 10.7.0.0/20 ip daddr != 10.7.0.0/20 masquerade\n",
            ],
            part => Assert.Contains(part, script, StringComparison.Ordinal));
        Assert.InRange(script.IndexOf("swapon", StringComparison.Ordinal), 0, script.IndexOf("dnf install", StringComparison.Ordinal));
        Assert.Contains("2> /dev/console\n  exit 1\nfi\n", script, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Bucket")]
    [InlineData("BucketPolicy")]
    [InlineData("NatGatewayAddress1")]
    public void What_cannot_be_had_again_stays_when_the_stack_goes(string id)
    {
        var resource = DistrictExample.Template(DistrictExample.With(""))["Resources"]?[id];

        Assert.Equal("RetainExceptOnCreate", resource?["DeletionPolicy"]?.GetValue<string>());
        Assert.Equal("Retain", resource?["UpdateReplacePolicy"]?.GetValue<string>());
    }

    [Fact]
    public void The_commit_is_no_difference_and_all_else_is()
    {
        var inputs = DistrictExample.Inputs(DistrictExample.With("network: {nat_type: instance}"));
        var before = DistrictTemplate.Of(inputs);

        Assert.Equal(Fingerprint(before), Fingerprint(DistrictTemplate.Of(inputs with { Commit = CommitSha.Parse(new string('f', 40)) })));
        Assert.NotEqual(Fingerprint(before), Fingerprint(DistrictTemplate.Of(inputs with { BaseImage = "ami-1" })));
        Assert.NotEqual(Fingerprint(before), Fingerprint(DistrictTemplate.Of(inputs with { Platform = RepositoryName.Parse("acme/other") })));
    }

    [Fact]
    public void Every_parameter_can_be_read_back_from_the_outputs()
    {
        var stack = DistrictExample.Stack(DistrictExample.With("network: {nat_type: instance}\nendpoints: {web: {}, admin: {}}"));
        var template = JsonNode.Parse(stack.TemplateBody);

        Assert.Equal("admin,web", stack.Parameters[DistrictStackKeys.EndpointsParameter]);
        Assert.Equal(stack.Parameters.Keys, template?["Parameters"]?.AsObject().Select(p => p.Key).Order(StringComparer.Ordinal));
        Assert.All(stack.Parameters.Keys, name => Assert.NotNull(template?["Outputs"]?[name]));
    }

    [Fact]
    public void What_replaces_each_resource_is_known()
    {
        var used = DistrictVariants.All.SelectMany(v => DistrictExample.Resources(DistrictExample.Template(v.District))).Select(r => r.Type);

        Assert.Empty(used.Except(CreateOnlyProperties.Types));
    }

    private static string Fingerprint(StackSpec stack) => stack.Parameters[StackKeys.FingerprintParameter];

    private static IEnumerable<string> Subnets(string keys) => DistrictExample.Resources(DistrictExample.Template(DistrictExample.With(keys)))
        .Where(r => r.Type == "AWS::EC2::Subnet")
        .Select(r => $"{r.Id} {r.Properties["CidrBlock"]} {r.Properties["AvailabilityZone"]?["Fn::Select"]?[0]}")
        .Order(StringComparer.Ordinal);
}
