using System.Text.Json.Nodes;
using Barcelona.GitOps.Core.Districts;
using Barcelona.GitOps.Core.Tests.Templates.Districts.Instances;

namespace Barcelona.GitOps.Core.Tests.Templates.Access;

/// <summary>A team's right ends where the district does.</summary>
public sealed class TeamPolicyTests
{
    /// <summary>What IAM cannot bind to a district, as docs/access.md says.</summary>
    private static readonly string[] Anywhere =
    [
        "ec2:DescribeInstances", "elasticloadbalancing:DescribeListeners", "elasticloadbalancing:DescribeLoadBalancers",
        "elasticloadbalancing:DescribeRules", "elasticloadbalancing:DescribeTargetGroups", "elasticloadbalancing:DescribeTargetHealth",
        "logs:DescribeLogGroups", "logs:GetQueryResults", "logs:StopQuery", "ssm:DescribeInstanceInformation",
    ];

    public static TheoryData<District, string> Districts => new()
    {
        { MadeCluster.Everything, "${Cluster}" },
        { MadeCluster.Everything with { Cluster = new Cluster.Existing("main") }, "main" },
    };

    [Theory]
    [MemberData(nameof(Districts))]
    public void Whatever_is_asked_of_ECS_is_of_the_districts_cluster(District district, string cluster)
    {
        var statements = Statements(district).Where(s => RolePolicies.ActionsOf(s).Any(a => a.StartsWith("ecs:", StringComparison.Ordinal))).ToList();

        Assert.NotEmpty(statements);
        Assert.All(statements, s => Assert.All(
            RolePolicies.ResourcesOf(s) is var resources && resources.SequenceEqual(["*"])
                ? [s["Condition"]?["ArnEquals"]?["ecs:cluster"]?["Fn::Sub"]?.GetValue<string>() ?? ""]
                : resources,
            r => Assert.Matches($"/{System.Text.RegularExpressions.Regex.Escape(cluster)}(/\\*)?$", r)));
    }

    [Fact]
    public void What_is_bound_to_the_region_alone_shows_names_and_addresses() => Assert.Equal(
        Anywhere,
        Statements(MadeCluster.Everything)
            .Where(s => RolePolicies.ResourcesOf(s).Contains("*") && s["Condition"]?["ArnEquals"] is null)
            .SelectMany(RolePolicies.ActionsOf).Distinct().Order(StringComparer.Ordinal));

    /// <summary>Variables stand in it in plain text, and no policy can tell one district's from another's.</summary>
    [Fact]
    public void No_team_reads_task_definitions() =>
        Assert.DoesNotContain(Statements(MadeCluster.Everything).SelectMany(RolePolicies.ActionsOf), a => a.Contains("TaskDefinition", StringComparison.Ordinal));

    private static IEnumerable<JsonObject> Statements(District district) =>
        (JsonNode.Parse(MadeCluster.Stack(district).TemplateBody)?["Resources"]?.AsObject() ?? [])
            .Where(r => r.Value?["Type"]?.GetValue<string>() == "AWS::IAM::ManagedPolicy")
            .SelectMany(r => RolePolicies.Of(r.Value?["Properties"]?["PolicyDocument"]?.AsObject() ?? []));
}
