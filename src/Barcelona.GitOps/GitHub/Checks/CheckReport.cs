using System.Collections.Immutable;

namespace Barcelona.GitOps.GitHub.Checks;

/// <summary>What a check run shows. Title, summary and text are cut to what GitHub takes.</summary>
public sealed record CheckReport
{
    /// <summary>Where the work stands; of no meaning once there is a verdict.</summary>
    public CheckPhase Phase { get; init; } = CheckPhase.InProgress;

    public required string Title { get; init; }

    /// <summary>Markdown.</summary>
    public required string Summary { get; init; }

    /// <summary>Markdown below the summary; empty for none.</summary>
    public string Text { get; init; } = "";

    /// <summary>All of them, every time, in the same order: those that the check run has already are not sent again.</summary>
    public ImmutableArray<CheckAnnotation> Annotations { get; init; } = [];

    /// <summary>At most three buttons.</summary>
    public ImmutableArray<CheckAction> Actions { get; init; } = [];

    public Uri? DetailsUrl { get; init; }
}

public enum CheckPhase { Queued, InProgress }

public enum CheckVerdict { Success, Failure, Neutral, Cancelled, Skipped, TimedOut, ActionRequired }
