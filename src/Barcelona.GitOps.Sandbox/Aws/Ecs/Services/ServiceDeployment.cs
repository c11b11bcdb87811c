namespace Barcelona.GitOps.Sandbox.Aws.Ecs.Services;

/// <summary>A deployment as ListServiceDeployments and DescribeServiceDeployments tell it.</summary>
internal sealed class ServiceDeployment(string arn, DateTimeOffset createdAt)
{
    public string Arn { get; } = arn;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>IN_PROGRESS, SUCCESSFUL, STOPPED, ROLLBACK_IN_PROGRESS, ROLLBACK_SUCCESSFUL, ROLLBACK_FAILED…</summary>
    public string Status { get; set; } = "IN_PROGRESS";

    public string? StatusReason { get; set; }

    public required string TargetRevisionArn { get; init; }

    public string? SourceRevisionArn { get; init; }

    public string? RollbackRevisionArn { get; set; }

    public string? RollbackReason { get; set; }

    public DateTimeOffset? RollbackStartedAt { get; set; }

    public int FailureCount { get; set; }

    /// <summary>Those that ended it.</summary>
    public List<string> TriggeredAlarms { get; } = [];
}
