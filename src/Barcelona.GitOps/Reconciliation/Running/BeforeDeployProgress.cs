using System.Collections.Immutable;
using Barcelona.GitOps.Aws.Tasks;

namespace Barcelona.GitOps.Reconciliation.Running;

/// <summary>
/// What a run remembers of its before_deploy. Written before ECS is asked, and as soon as anything is known: ECS forgets a task an hour
/// after its end.
/// </summary>
public sealed record BeforeDeployProgress
{
    /// <summary>How long a task that was told to stop may take to do so.</summary>
    public static readonly TimeSpan StopPatience = TimeSpan.FromMinutes(5);

    public required OneOffStart Start { get; init; }

    public required DateTimeOffset BegunAt { get; init; }

    /// <summary>When its own time is up.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>Counted up when ECS has said that it started nothing: only then is another task no second one.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>ECS was asked, or was about to be, and has not said no.</summary>
    public bool IsAsked { get; init; }

    /// <summary>When this attempt was first on record as asked for; null: it is not.</summary>
    public DateTimeOffset? AskedAt { get; init; }

    /// <summary>Null: not known yet.</summary>
    public string? TaskArn { get; init; }

    /// <summary>When <see cref="TaskArn"/> became known.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>From when on it is to be stopped.</summary>
    public DateTimeOffset? StopAskedAt { get; init; }

    /// <summary>When ECS had first heard of that.</summary>
    public DateTimeOffset? StopToldAt { get; init; }

    /// <summary>When it was last seen that nothing is at work any more; null: never yet.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why there was no place for it; null: there was, or nobody has asked.</summary>
    public string? NoPlace { get; init; }

    public bool HasSucceeded { get; init; }

    /// <summary>Null: it has not failed.</summary>
    public string? Failure { get; init; }

    /// <summary>What it wrote last, or where that is to be read; fit for showing.</summary>
    public ImmutableArray<string> Output { get; init; } = [];

    /// <summary>A task may be at work, and nobody else may take over.</summary>
    public bool IsUnderWay => IsAsked && !HasSucceeded && Failure is null;
}
