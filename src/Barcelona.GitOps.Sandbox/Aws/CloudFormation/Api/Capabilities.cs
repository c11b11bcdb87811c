using Barcelona.GitOps.Sandbox.Aws.CloudFormation.Templates;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Api;

/// <summary>Templates that make IAM resources must be acknowledged, those that name them explicitly so.</summary>
internal static class Capabilities
{
    private static readonly Dictionary<string, string> NameProperties = new()
    {
        ["AWS::IAM::AccessKey"] = "",
        ["AWS::IAM::Group"] = "GroupName",
        ["AWS::IAM::InstanceProfile"] = "InstanceProfileName",
        ["AWS::IAM::ManagedPolicy"] = "ManagedPolicyName",
        ["AWS::IAM::Policy"] = "",
        ["AWS::IAM::Role"] = "RoleName",
        ["AWS::IAM::User"] = "UserName",
        ["AWS::IAM::UserToGroupAddition"] = "",
    };

    /// <summary>CAPABILITY_IAM, CAPABILITY_NAMED_IAM or null.</summary>
    public static string? Required(Template template)
    {
        var resources = template.Resources.Values.Where(resource => NameProperties.ContainsKey(resource.Type)).ToList();
        if (resources.Exists(resource => resource.Properties.ContainsKey(NameProperties[resource.Type]))) return "CAPABILITY_NAMED_IAM";
        return resources.Count > 0 ? "CAPABILITY_IAM" : null;
    }

    public static void Check(Template template, IReadOnlyList<string> given)
    {
        var required = Required(template);
        if (required is null || given.Contains("CAPABILITY_NAMED_IAM") || given.Contains(required)) return;
        throw new AwsErrorException("InsufficientCapabilitiesException", $"Requires capabilities : [{required}]");
    }
}
