using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.CloudFormation.Stacks;
using Barcelona.GitOps.Sandbox.Aws.CloudFormation.Templates;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Resources.Shapes;

/// <summary>A resource that does not exist yet, with attributes of the right form, so that a template can be evaluated before its time.</summary>
internal static class StandIns
{
    public static StackResource Of(AwsRegion region, TemplateResource resource, JsonObject properties)
    {
        var attributes = ResourceAttributes.Of(new ResourceRequest
        {
            Region = region,
            StackName = "preview",
            Owner = "preview",
            LogicalId = resource.LogicalId,
            Type = resource.Type,
            Properties = properties,
            Tags = [],
        }, resource.LogicalId);
        if (resource.Type == "AWS::EC2::VPC") attributes["Ipv6CidrBlocks"] = new JsonArray("2001:db8:1234:1a00::/56");
        return new StackResource(resource.LogicalId, resource.Type)
        {
            PhysicalId = resource.LogicalId,
            Properties = properties,
            Attributes = attributes,
        };
    }
}
