using Barcelona.GitOps.Core.Manifest;

namespace Barcelona.GitOps.Core.Templates.Schedules;

/// <summary>A scheduled task with its place and size decided.</summary>
public sealed record ScheduleShape
{
    public required ScheduledTask Manifest { get; init; }

    /// <summary>The service that it would be if it did not end: the same container, size and place.</summary>
    public required ServiceShape Task { get; init; }

    public string Name => Manifest.Name;

    public string LogicalId => LogicalIds.Schedule(Name);

    /// <summary><c>family</c> or <c>family:revision</c>. Null: its own.</summary>
    public string? External => Manifest.ExternalTaskDefinition?.Value;
}
