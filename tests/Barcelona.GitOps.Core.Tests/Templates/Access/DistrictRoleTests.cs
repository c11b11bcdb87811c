using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Barcelona.GitOps.Core.Districts;
using Barcelona.GitOps.Core.Templates;
using Barcelona.GitOps.Core.Templates.Access;
using Barcelona.GitOps.Core.Tests.Golden;
using Barcelona.GitOps.Core.Tests.House;
using Barcelona.GitOps.Core.Tests.Templates.Districts.Instances;

namespace Barcelona.GitOps.Core.Tests.Templates.Access;

/// <summary>The role that the service assumes can do what the service does, in its district, and no more.</summary>
public sealed partial class DistrictRoleTests
{
    private static readonly string Folder = GoldenFile.Folder("cases");

    /// <summary>S3's clients and rights do not always go by one name.</summary>
    private static readonly Dictionary<string, string> DifferentlyNamed = new()
    {
        ["s3:PutBucket"] = "s3:CreateBucket",
        ["s3:PutBucketEncryption"] = "s3:PutEncryptionConfiguration",
        ["s3:PutPublicAccessBlock"] = "s3:PutBucketPublicAccessBlock",
        ["s3:ListObjectsV2"] = "s3:ListBucket",
    };

    private static readonly District Made = Example.District with
    {
        Role = new("arn:aws:iam::123456789012:role/barcelona/barcelona-default", "3f9c"),
        Network = new Network.Made("10.1.0.0/16", 2, NatType.ManagedGateway, Ipv6: false, []),
        Cluster = MadeCluster.Cluster,
        Endpoints = [new() { Name = "demo-endpoint", Public = true, Domain = "Demo.example.com", HostedZone = "Z9876543210ZYXWVUTSRQ", Span = Example.Nowhere }],
    };

    public static TheoryData<string> Names => ["made", "existing"];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_template_is_the_one_beside_this_test(string name) =>
        GoldenFile.Matches(Path.Combine(Folder, name + ".template.json"), CanonicalJson.Indent(DistrictRoleTemplate.Of(Of(name))));

    /// <summary>What is larger goes through a bucket only.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void CloudFormation_takes_it_as_it_is(string name) =>
        Assert.InRange(Encoding.UTF8.GetByteCount(DistrictRoleTemplate.Of(Of(name))), 1, 51_200);

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_call_that_the_service_makes_in_a_district_is_allowed(string name)
    {
        var actions = new RolePolicies(Of(name)).Actions;
        // What keeps secrets is the command line's, which goes by a person's own credentials: the service never writes one.
        var calls = SourceFile.Below("src/Barcelona.GitOps").Where(f => !f.Path.StartsWith("src/Barcelona.GitOps/Aws/Secrets/", StringComparison.Ordinal))
            .SelectMany(f => ClientCall().Matches(f.Text))
            .Select(m => $"{ServiceOf(m.Groups[1].Value)}:{m.Groups[2].Value}").Select(c => DifferentlyNamed.GetValueOrDefault(c, c)).Distinct().ToList();

        Assert.Contains("cloudformation:CreateStack", calls);
        Assert.Contains("ecs:RegisterTaskDefinition", calls);
        Assert.Empty(calls.Except(actions));
    }

    /// <summary>CloudFormation acts with the caller's rights.</summary>
    [Theory]
    [MemberData(nameof(ResourceActions.Types), MemberType = typeof(ResourceActions))]
    public void Every_resource_of_our_templates_can_be_made_and_unmade(string type)
    {
        var actions = new RolePolicies(Made).Actions;

        Assert.Empty(ResourceActions.Of(type).Except(actions).Except(LeftOutActions.All));
    }

    [Fact]
    public void What_is_left_out_is_something_that_handlers_may_call_and_the_role_may_not()
    {
        Assert.Empty(LeftOutActions.All.Except(ResourceActions.OfSchemas));
        Assert.Empty(LeftOutActions.All.Intersect(new RolePolicies(Made).Actions));
    }

    /// <summary>A right to do something to another kind of thing, or to things with a tag that this one lacks, is none.</summary>
    [Theory]
    [MemberData(nameof(ResourceKinds.Asked), MemberType = typeof(ResourceKinds))]
    public void Rights_are_on_the_kind_of_thing_that_AWS_asks_about(string action, string resource, bool hasNoTag)
    {
        var service = action[..action.IndexOf(':', StringComparison.Ordinal)];

        Assert.Contains(new RolePolicies(Made).Statements, s => RolePolicies.ActionsOf(s).Contains(action)
            && RolePolicies.ResourcesOf(s).Any(r => RolePolicies.Covers(r, $"arn:aws:{service}:ap-northeast-1:123456789012:{resource}"))
            && !(hasNoTag && s["Condition"]?["StringEquals"]?.AsObject().ContainsKey(Iam.DistrictTag) == true));
    }

    [Fact]
    public void Stacks_are_listed_without_a_name_and_changed_by_the_districts_names_only()
    {
        var stacks = new RolePolicies(Made).Statements
            .SelectMany(s => RolePolicies.ActionsOf(s).SelectMany(a => RolePolicies.ResourcesOf(s).Select(r => (Action: a, Resource: r))))
            .Where(g => g.Action.StartsWith("cloudformation:", StringComparison.Ordinal));

        Assert.Equal(
            ["cloudformation:DescribeStacks", "cloudformation:ListStacks"],
            stacks.Where(g => g.Resource == "*").Select(g => g.Action).Order(StringComparer.Ordinal));
    }

    /// <summary>CloudFormation does not copy the stack's tags to launch templates, and the role may touch only what has the district's.</summary>
    [Fact]
    public void Every_launch_template_carries_the_districts_tag()
    {
        var templates = ResourceActions.OfTemplates.Where(r => r.Type == "AWS::EC2::LaunchTemplate").Select(r => r.Properties).ToList();

        Assert.NotEmpty(templates);
        Assert.All(templates, template => Assert.Contains(
            template["TagSpecifications"]?.AsArray() ?? [],
            s => s?["ResourceType"]?.GetValue<string>() == "launch-template"
                && (s["Tags"]?.AsArray() ?? []).Any(t => t?["Key"]?.GetValue<string>() == StackKeys.DistrictTag)));
    }

    [Fact]
    public void An_address_is_moved_only_if_it_is_the_districts()
    {
        var moves = new RolePolicies(Made).Statements.Where(s => RolePolicies.ActionsOf(s).Contains("ec2:AssociateAddress")).ToList();

        Assert.All(moves.Where(s => s["Condition"] is null), s => Assert.All(
            RolePolicies.ResourcesOf(s), r => Assert.Matches(":(instance|network-interface)/\\*$", r)));
        Assert.EndsWith(":elastic-ip/*", Assert.Single(moves.Where(s => s["Condition"] is not null).SelectMany(RolePolicies.ResourcesOf)), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_allowed_altogether()
    {
        foreach (var name in new[] { "made", "existing" })
        {
            var role = new RolePolicies(Of(name));
            foreach (var statement in role.Statements.Concat(RolePolicies.Of(role.Boundary)))
            {
                Assert.DoesNotContain(RolePolicies.ActionsOf(statement), a => a.Contains('*', StringComparison.Ordinal));
                if (RolePolicies.ActionsOf(statement).Any(a => a.StartsWith("iam:", StringComparison.Ordinal)))
                {
                    Assert.All(RolePolicies.ResourcesOf(statement), r => Assert.Matches(
                        @":iam::\$\{AWS::AccountId\}:((role|policy|instance-profile)/barcelona/default/\*|role/aws-service-role/[a-z.-]+\.amazonaws\.com/\*)$", r));
                }
            }
        }
    }

    [Fact]
    public void A_role_is_made_with_the_boundary_only_and_keeps_it()
    {
        var role = new RolePolicies(Made);

        var makes = Assert.Single(role.Statements, s => RolePolicies.ActionsOf(s).Contains("iam:CreateRole"));
        Assert.Equal("Boundary", makes["Condition"]?["StringEquals"]?["iam:PermissionsBoundary"]?["Ref"]?.GetValue<string>());
        Assert.DoesNotContain("iam:DeleteRolePermissionsBoundary", role.Actions);
    }

    [Fact]
    public void A_boundary_of_the_owners_own_takes_the_place_of_ours()
    {
        const string Own = "arn:aws:iam::123456789012:policy/acme-boundary";
        var role = new RolePolicies(Made with { PermissionsBoundary = Own });

        Assert.Empty(role.Boundary);
        Assert.Equal(
            Own, role.Statements.Single(s => RolePolicies.ActionsOf(s).Contains("iam:CreateRole"))["Condition"]?["StringEquals"]?["iam:PermissionsBoundary"]?.GetValue<string>());
    }

    [Fact]
    public void Writing_down_what_the_outputs_say_changes_nothing_in_the_template()
    {
        var written = Made with { PermissionsBoundary = "arn:aws:iam::123456789012:policy/barcelona/barcelona-default-boundary" };

        Assert.Equal(DistrictRoleTemplate.Of(Made), DistrictRoleTemplate.Of(written));
    }

    /// <summary>https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html</summary>
    [Fact]
    public void Policies_and_names_fit_into_what_IAM_takes_even_for_the_longest_district()
    {
        var role = new RolePolicies(Made with { Name = new string('d', 100), Region = "ap-northeast-3" });

        Assert.InRange(role.Documents.Count(), 1, 10);
        Assert.All(role.Documents, d => Assert.InRange(RolePolicies.Resolved(d.Document).Length, 1, 6144));
        Assert.InRange(RolePolicies.Resolved(role.Boundary).Length, 1, 6144);
    }

    /// <summary>Whatever the boundary does not hold, the role would not have: everything that we give to machines and tasks is in it.</summary>
    [Fact]
    public void The_boundary_holds_everything_that_our_own_roles_are_given()
    {
        var bounded = RolePolicies.Of(new RolePolicies(Made).Boundary).SelectMany(RolePolicies.ActionsOf).ToHashSet(StringComparer.Ordinal);
        var heritage = Example.Desired(Example.Release("environments: {production: {name: shop, district: default, image_name: acme/shop, services: []}}")).HeritageStack;
        var given = new[] { heritage.TemplateBody, MadeCluster.Stack(MadeCluster.Everything).TemplateBody }
            .SelectMany(body => (JsonNode.Parse(body)?["Resources"]?.AsObject() ?? []).Select(r => r.Value))
            .Where(r => r?["Type"]?.GetValue<string>() == "AWS::IAM::Role")
            .SelectMany(r => r?["Properties"]?["Policies"]?.AsArray() ?? [])
            .SelectMany(p => RolePolicies.Of(p?["PolicyDocument"]?.AsObject() ?? []))
            .SelectMany(RolePolicies.ActionsOf)
            .ToList();

        Assert.NotEmpty(given);
        Assert.Empty(given.Except(bounded));
    }

    private static District Of(string name) => name == "made" ? Made : Example.District;

    private static string ServiceOf(string client) => client switch
    {
        "CloudFormation" => "cloudformation",
        "Ecs" or "EcsOnce" => "ecs",
        "LoadBalancing" => "elasticloadbalancing",
        "Logs" => "logs",
        "SecretsManager" => "secretsmanager",
        "Ssm" => "ssm",
        _ => client.ToLowerInvariant(),
    };

    [GeneratedRegex(@"\bsession\.(\w+)\.(\w+)Async\(")]
    private static partial Regex ClientCall();
}
