using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.CloudFormation.Stacks;
using Barcelona.GitOps.Sandbox.Aws.Ec2;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Templates;

/// <summary>Parameters whose type names a kind of thing must name one that the account has. CloudFormation looks only once it has begun.</summary>
internal static class ParameterExistence
{
    private static readonly Dictionary<string, string> Types = new()
    {
        ["AWS::EC2::VPC::Id"] = "AWS::EC2::VPC",
        ["AWS::EC2::Subnet::Id"] = "AWS::EC2::Subnet",
        ["AWS::EC2::SecurityGroup::Id"] = "AWS::EC2::SecurityGroup",
        ["AWS::EC2::Instance::Id"] = "AWS::EC2::Instance",
        ["AWS::Route53::HostedZone::Id"] = "AWS::Route53::HostedZone",
    };

    /// <summary>The reason for which the stack goes back at once; null when all is there.</summary>
    public static string? Refuse(AwsRegion region, StackDefinition definition)
    {
        foreach (var (name, parameter) in definition.Parameters)
        {
            var type = Inner((definition.Template.Parameters[name] as JsonObject)?.Text("Type") ?? "String");
            if (Values(parameter.Value).FirstOrDefault(value => !Exists(region, type, value)) is { } missing)
                return $"Parameter validation failed: parameter value {missing} for parameter name {name} does not exist. ";
        }
        return null;
    }

    private static bool Exists(AwsRegion region, string type, string value) => type switch
    {
        "AWS::EC2::Image::Id" => region.MachineImages.ArchitectureOf(value) is not null,
        "AWS::EC2::AvailabilityZone::Name" => AvailabilityZones.Of(region.Name).Contains(value),
        _ => !Types.TryGetValue(type, out var resource) || region.Inventory.Find(resource, value) is not null,
    };

    /// <summary>List&lt;T&gt; and AWS::SSM::Parameter::Value&lt;T&gt; are as T.</summary>
    private static string Inner(string type)
    {
        var start = type.LastIndexOf('<');
        return start < 0 ? type : type[(start + 1)..].TrimEnd('>');
    }

    private static IEnumerable<string> Values(JsonNode value) =>
        (value is JsonArray list ? list.Select(JsonParameters.Text) : [JsonParameters.Text(value)]).OfType<string>();
}
