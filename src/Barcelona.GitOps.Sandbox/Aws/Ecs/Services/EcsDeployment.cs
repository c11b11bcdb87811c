namespace Barcelona.GitOps.Sandbox.Aws.Ecs.Services;

/// <summary>One rollout of a service.</summary>
internal sealed class EcsDeployment(EcsService service, string taskDefinitionArn, DateTimeOffset createdAt)
{
    public EcsService Service { get; } = service;

    public string Id { get; } = "ecs-svc/" + Random.Shared.NextInt64(1_000_000_000_000_000_000, long.MaxValue);

    public string TaskDefinitionArn { get; } = taskDefinitionArn;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public DateTimeOffset UpdatedAt { get; set; } = createdAt;

    /// <summary>PRIMARY or ACTIVE.</summary>
    public string Status { get; set; } = "PRIMARY";

    /// <summary>IN_PROGRESS, COMPLETED or FAILED.</summary>
    public string RolloutState { get; set; } = "IN_PROGRESS";

    public string RolloutStateReason { get; set; } = "";

    public int FailedTasks { get; set; }

    /// <summary>The scheduler does not start another task before this.</summary>
    public DateTimeOffset NextStart { get; set; }

    /// <summary>Whether this one was ever the steady state of its service: what a rollback may go back to.</summary>
    public bool WasCompleted { get; set; }

    public required string RevisionArn { get; init; }

    /// <summary>The record that the newer service-deployment calls show; a rollback belongs to the deployment that failed.</summary>
    public required ServiceDeployment Record { get; init; }

    /// <summary>Alarms that can end it: none of those that were in alarm when it began.</summary>
    public IReadOnlyList<string> Watched { get; init; } = [];

    public bool InProgress => RolloutState == "IN_PROGRESS";
}
