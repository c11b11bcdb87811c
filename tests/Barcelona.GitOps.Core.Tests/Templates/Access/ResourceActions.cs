using System.Text.Json.Nodes;
using Barcelona.GitOps.Core.Tests.Golden;

namespace Barcelona.GitOps.Core.Tests.Templates.Access;

/// <summary>
/// What CloudFormation calls for the resources of our templates: <c>handler-permissions.tsv</c>, which eng/resource-schemas/permissions.py writes
/// from the public schemas of the resource types. A type that a template begins to use must be added there, and to the role.
/// </summary>
internal static class ResourceActions
{
    /// <summary>What the schemas do not say: of types whose handlers they do not know, and what happens around a handler.</summary>
    private static readonly Dictionary<string, string> Besides = new()
    {
        ["AWS::AutoScaling::AutoScalingGroup"] = "autoscaling:DescribeAutoScalingGroups autoscaling:DescribeScalingActivities autoscaling:DescribeTags "
            + "autoscaling:TerminateInstanceInAutoScalingGroup ec2:CreateTags ec2:DescribeLaunchTemplateVersions ec2:DescribeSubnets",
        ["AWS::CertificateManager::Certificate"] = "route53:GetChange",
        ["AWS::EC2::EgressOnlyInternetGateway"] = "ec2:CreateTags",
        ["AWS::EC2::LaunchTemplate"] = "ec2:CreateLaunchTemplate ec2:CreateLaunchTemplateVersion ec2:CreateTags ec2:DeleteLaunchTemplate ec2:DeleteTags "
            + "ec2:DescribeLaunchTemplateVersions ec2:DescribeLaunchTemplates ec2:ModifyLaunchTemplate",
        ["AWS::EC2::VPCEndpoint"] = "ec2:CreateTags ec2:DeleteTags",
        ["AWS::EC2::VPCGatewayAttachment"] = "ec2:AttachInternetGateway ec2:DescribeInternetGateways ec2:DetachInternetGateway",
        ["AWS::ECS::CapacityProvider"] = "autoscaling:DescribeAutoScalingGroups autoscaling:PutLifecycleHook",
        ["AWS::ElasticLoadBalancingV2::LoadBalancer"] = "iam:CreateServiceLinkedRole",
    };

    /// <summary>In the golden templates, wherever they are.</summary>
    public static IEnumerable<(string Type, JsonObject Properties)> OfTemplates =>
        Directory.GetFiles(RepositoryRoot.Of("tests", "Barcelona.GitOps.Core.Tests", "Templates"), "*.template.json", SearchOption.AllDirectories)
            .SelectMany(f => JsonNode.Parse(File.ReadAllText(f))?["Resources"]?.AsObject() ?? [])
            .Select(r => (r.Value?["Type"]?.GetValue<string>() ?? "", r.Value?["Properties"]?.AsObject() ?? []));

    public static TheoryData<string> Types => [.. OfTemplates.Select(r => r.Type).Distinct().Order(StringComparer.Ordinal)];

    private static Dictionary<string, string> Schemas { get; } = File.ReadAllLines(Path.Combine(GoldenFile.Folder(""), "handler-permissions.tsv"))
        .Select(line => line.Split('\t')).ToDictionary(columns => columns[0], columns => columns[1]);

    public static IEnumerable<string> OfSchemas => Schemas.Values.SelectMany(Words).Distinct();

    public static IEnumerable<string> Of(string type) => Words(Schemas[type]).Concat(Words(Besides.GetValueOrDefault(type, ""))).Distinct();

    private static IEnumerable<string> Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(w => w != "-");
}
