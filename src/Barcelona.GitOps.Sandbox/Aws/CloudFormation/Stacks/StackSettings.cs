using System.Text.Json.Nodes;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Stacks;

/// <summary>What a caller says beside the definition.</summary>
internal sealed record StackSettings
{
    public IReadOnlyList<string> Capabilities { get; init; } = [];

    public IReadOnlyList<string> NotificationArns { get; init; } = [];

    public string? RoleArn { get; init; }

    /// <summary>DO_NOTHING, ROLLBACK or DELETE: what becomes of a stack whose creation failed.</summary>
    public string OnFailure { get; init; } = "ROLLBACK";

    public bool TerminationProtection { get; init; }

    public JsonObject? RollbackConfiguration { get; init; }

    public int? TimeoutInMinutes { get; init; }
}
