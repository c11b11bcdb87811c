using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.CloudFormation.Stacks;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.ChangeSets;

/// <summary>A definition that a stack might take, and what that would change.</summary>
internal sealed class ChangeSet
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>CREATE or UPDATE.</summary>
    public required string Type { get; init; }

    public required StackDefinition Definition { get; init; }

    public required IReadOnlyList<string> Capabilities { get; init; }

    public required IReadOnlyList<JsonObject> Changes { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public string? Description { get; init; }

    public string? Token { get; init; }

    /// <summary>CREATE_COMPLETE or FAILED: planning takes no time here.</summary>
    public required string Status { get; init; }

    public string? StatusReason { get; init; }

    public required string ExecutionStatus { get; set; }
}
