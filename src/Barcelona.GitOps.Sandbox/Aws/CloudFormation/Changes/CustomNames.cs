using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.CloudFormation.Resources;
using Barcelona.GitOps.Sandbox.Aws.CloudFormation.Stacks;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Changes;

/// <summary>A resource that the template names cannot be replaced under the same name: both would have to exist for a while.</summary>
internal static class CustomNames
{
    /// <summary>The property that names the resource and has not changed; null when a replacement can have another name.</summary>
    public static string? Kept(StackResource resource, JsonObject after) =>
        ResourceSchemas.Of(resource.Type).CreateOnly.FirstOrDefault(property =>
            IsName(resource.Type, property) && after.Text(property) is { } name && name == resource.Properties.Text(property));

    private static bool IsName(string type, string property) =>
        property == "Name" || property == type.Split("::")[^1] + "Name" || property == "PolicyName";
}
