using System.Collections.Immutable;

namespace Barcelona.GitOps.Core.Reports;

/// <summary>What AWS says about a release that failed, in AWS's own words. Lines of logs are not among it: see <see cref="ContainerLog"/>.</summary>
public sealed record FailureFacts
{
    /// <summary>The services that do not run what was asked for.</summary>
    public ImmutableArray<ServiceFacts> Services { get; init; } = [];

    /// <summary>The first failure first; what CloudFormation merely cancelled because of it is left out.</summary>
    public ImmutableArray<FailedResource> Resources { get; init; } = [];

    /// <summary>Why CloudFormation took the update back, in its words, perhaps none; null: it did not.</summary>
    public string? PutBack { get; init; }

    /// <summary>What could not be read, and why, one line each. Nothing here says that it does not exist.</summary>
    public ImmutableArray<string> Unread { get; init; } = [];
}

/// <param name="Service">Its name in barcelona.yml.</param>
/// <param name="Reason">Why its deployment did not succeed, as ECS says it; empty when it did not.</param>
public sealed record ServiceFacts(string Service, string Reason)
{
    /// <summary>Nothing of AWS's doing: somebody changed it, or deleted it, beside the stack. What it is now, as what follows its name.</summary>
    public string? ChangedByHand { get; init; }

    /// <summary>ECS has given it an earlier task definition again.</summary>
    public bool WentBack { get; init; }

    /// <summary>The first task of this release that did not stay up. Null: none did stop, or ECS has forgotten it (after an hour).</summary>
    public StoppedTask? FirstStoppedTask { get; init; }

    /// <summary>Alarms by which ECS ended this release's deployment.</summary>
    public ImmutableArray<string> TriggeredAlarms { get; init; } = [];

    public ImmutableArray<UnhealthyTarget> UnhealthyTargets { get; init; } = [];

    /// <summary>Of this release, the newest first: "unable to place a task because …".</summary>
    public ImmutableArray<string> Events { get; init; } = [];
}

/// <param name="StopCode"><c>EssentialContainerExited</c>, <c>TaskFailedToStart</c>, …; empty when ECS gives none.</param>
public sealed record StoppedTask(string TaskArn, string StopCode, string Reason, ImmutableArray<StoppedContainer> Containers);

/// <param name="ExitCode">Null: it never ran.</param>
/// <param name="Reason"><c>CannotPullContainerError: …</c>, <c>OutOfMemoryError: …</c>; empty when ECS gives none.</param>
public sealed record StoppedContainer(string Name, int? ExitCode, string Reason);

/// <param name="Target"><c>i-0123:32768</c> or <c>10.0.1.7:3000</c>.</param>
/// <param name="Code"><c>Target.ResponseCodeMismatch</c>, <c>Target.Timeout</c>, …</param>
public sealed record UnhealthyTarget(string Target, string State, string Code, string Description);

/// <param name="Status"><c>CREATE_FAILED</c>, <c>UPDATE_FAILED</c>, …</param>
public sealed record FailedResource(string LogicalId, string Type, string Status, string Reason);

/// <summary>
/// The last lines that a failed container wrote, raw. They may hold anything: nobody sees them before they are redacted, and of a public
/// repository nobody sees them at all.
/// </summary>
/// <param name="Group">With <paramref name="Stream"/>, where a person with rights in the account reads them.</param>
public sealed record ContainerLog(string Service, string Container, string Group, string Stream, ImmutableArray<string> Lines);
