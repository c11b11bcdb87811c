using System.Text.Json.Nodes;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Templates;

/// <summary>One entry of a template's Resources block, as written.</summary>
internal sealed record TemplateResource
{
    public required string LogicalId { get; init; }

    public required string Type { get; init; }

    public required JsonObject Properties { get; init; }

    public string? Condition { get; init; }

    public required IReadOnlyList<string> DependsOn { get; init; }

    /// <summary>Delete, Retain, RetainExceptOnCreate or Snapshot.</summary>
    public required string DeletionPolicy { get; init; }

    public required string UpdateReplacePolicy { get; init; }

    public JsonObject? UpdatePolicy { get; init; }
}
