using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.CloudFormation.Templates;
using Barcelona.GitOps.Sandbox.Aws.Ec2;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Stacks;

/// <summary>Names in a stack's template: its parameters, AWS's pseudo parameters, and the resources as they stand now.</summary>
internal sealed class StackNames(AwsRegion region, Stack stack, StackDefinition definition) : ITemplateNames
{
    public JsonNode? Ref(string name)
    {
        if (definition.Parameters.TryGetValue(name, out var parameter)) return parameter.Value.DeepClone();
        if (name.StartsWith("AWS::", StringComparison.Ordinal)) return Pseudo(name);
        return Resource(name).PhysicalId;
    }

    public JsonNode GetAtt(string logicalId, string attribute) =>
        Resource(logicalId).Attributes[attribute]?.DeepClone()
        ?? throw AwsErrorException.Validation($"Template error: resource {logicalId} does not support attribute type {attribute} in Fn::GetAtt");

    public string Import(string exportName) =>
        region.Stacks.Exports().Select(export => export.Output).FirstOrDefault(output => output.ExportName == exportName)?.Value
        ?? throw AwsErrorException.Validation($"No export named {exportName} found.");

    public IReadOnlyList<string> Zones(string zonesRegion) => AvailabilityZones.Of(zonesRegion.Length == 0 ? region.Name : zonesRegion);

    private StackResource Resource(string name) => stack.Resources.GetValueOrDefault(name)
        ?? throw AwsErrorException.Validation(
            $"Template format error: Unresolved resource dependencies [{name}] in the Resources block of the template");

    private JsonNode? Pseudo(string name) => name switch
    {
        "AWS::AccountId" => region.AccountId,
        "AWS::Region" => region.Name,
        "AWS::Partition" => "aws",
        "AWS::URLSuffix" => "amazonaws.com",
        "AWS::StackName" => stack.Name,
        "AWS::StackId" => stack.Id,
        "AWS::NotificationARNs" => stack.Settings.NotificationArns.ToJsonArray(),
        "AWS::NoValue" => null,
        _ => throw AwsErrorException.Validation(
            $"Template format error: Unresolved resource dependencies [{name}] in the Resources block of the template"),
    };
}
