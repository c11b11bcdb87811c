using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.CloudFormation.Changes;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Stacks;

/// <summary>A resource of a stack as it stands.</summary>
internal sealed class StackResource(string logicalId, string type)
{
    public string LogicalId { get; } = logicalId;

    public string Type { get; } = type;

    /// <summary>Empty until the service behind it has given it a name.</summary>
    public string PhysicalId { get; set; } = "";

    /// <summary>What was applied last, with every function worked out.</summary>
    public JsonObject Properties { get; set; } = [];

    public JsonObject Attributes { get; set; } = [];

    public string Status { get; set; } = "";

    public string? StatusReason { get; set; }

    public DateTimeOffset ChangedAt { get; set; }

    public string DeletionPolicy { get; set; } = "Delete";

    public string UpdateReplacePolicy { get; set; } = "Delete";

    public JsonObject? UpdatePolicy { get; set; }

    /// <summary>The resources that this one needs; they are deleted after it.</summary>
    public IReadOnlySet<string> Needs { get; set; } = new HashSet<string>();

    /// <summary>The work that is going on, or was the last; an older one finds here that it has been overtaken.</summary>
    public ResourceWork? Work { get; set; }

    public ResourceSnapshot Snapshot() => new(PhysicalId, Properties, Attributes);
}
