namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Stacks;

/// <summary>One line of a stack's history; the stack's own have its name as logical id.</summary>
internal sealed record StackEvent
{
    public required string EventId { get; init; }

    public required string LogicalId { get; init; }

    public required string PhysicalId { get; init; }

    public required string Type { get; init; }

    public required string Status { get; init; }

    public string? Reason { get; init; }

    public string? Token { get; init; }

    public required DateTimeOffset At { get; init; }
}
