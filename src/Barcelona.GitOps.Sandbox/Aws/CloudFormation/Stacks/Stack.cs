using Barcelona.GitOps.Sandbox.Aws.CloudFormation.Changes;
using Barcelona.GitOps.Sandbox.Aws.CloudFormation.ChangeSets;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Stacks;

/// <summary>A stack, its resources and its history.</summary>
internal sealed class Stack(AwsRegion region, string name)
{
    public string Name { get; } = name;

    public string Id { get; } = region.Arn("cloudformation", $"stack/{name}/{Guid.NewGuid()}");

    public required StackDefinition Definition { get; set; }

    public required StackSettings Settings { get; set; }

    public string Status { get; private set; } = "";

    public string? StatusReason { get; private set; }

    public DateTimeOffset CreatedAt { get; } = region.Now;

    public DateTimeOffset? UpdatedAt { get; set; }

    public DateTimeOffset? DeletedAt { get; set; }

    public Dictionary<string, StackResource> Resources { get; } = [];

    /// <summary>Oldest first.</summary>
    public List<StackEvent> Events { get; } = [];

    public IReadOnlyList<StackOutput> Outputs { get; set; } = [];

    public Dictionary<string, ChangeSet> ChangeSets { get; } = [];

    /// <summary>Of the operation that is going on, or was the last: every event carries it.</summary>
    public string? Token { get; set; }

    /// <summary>Tokens seen, with the action that each belongs to.</summary>
    public Dictionary<string, string> Tokens { get; } = [];

    /// <summary>The resources in work; null when the stack is at rest.</summary>
    public ResourceRun? Run { get; set; }

    /// <summary>Where a rollback of the update in progress, failed or stuck leads back to.</summary>
    public StackBefore? Before { get; set; }

    public bool InProgress => Status.EndsWith("_IN_PROGRESS", StringComparison.Ordinal);

    /// <summary>A change set of type CREATE makes a stack that has nothing yet.</summary>
    public bool InReview => Status == "REVIEW_IN_PROGRESS";

    public void Enter(string status, string? reason = null)
    {
        Status = status;
        StatusReason = reason;
        Record(Name, "AWS::CloudFormation::Stack", Id, status, reason);
    }

    public void Enter(StackResource resource, string status, string? reason = null)
    {
        resource.Status = status;
        resource.StatusReason = reason;
        resource.ChangedAt = region.Now;
        Record(resource.LogicalId, resource.Type, resource.PhysicalId, status, reason);
    }

    private void Record(string logicalId, string type, string physicalId, string status, string? reason) => Events.Add(new StackEvent
    {
        EventId = logicalId == Name ? Guid.NewGuid().ToString() : $"{logicalId}-{status}-{region.Now.Iso()}-{Identifiers.Hex(4)}",
        LogicalId = logicalId,
        PhysicalId = physicalId,
        Type = type,
        Status = status,
        Reason = reason,
        Token = Token,
        At = region.Now,
    });
}
