using System.Text.Json.Nodes;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Templates;

/// <summary>What the names outside a template's own text stand for while it is evaluated.</summary>
internal interface ITemplateNames
{
    /// <summary>A parameter, pseudo parameter or resource; null for <c>AWS::NoValue</c>.</summary>
    JsonNode? Ref(string name);

    JsonNode GetAtt(string logicalId, string attribute);

    string Import(string exportName);

    IReadOnlyList<string> Zones(string region);
}
