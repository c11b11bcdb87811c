using Barcelona.GitOps.Core.Names;

namespace Barcelona.GitOps.Storage.History;

/// <summary>A deploy that is wanted.</summary>
public sealed record NewRun
{
    /// <summary>What asked for it, such that the same wish gives the same key: ref, commit, environment, attempt.</summary>
    public required string TriggerKey { get; init; }

    public required string District { get; init; }

    /// <summary>Empty: the district itself is to be converged.</summary>
    public required string Heritage { get; init; }

    public required RepositoryName Repository { get; init; }

    public required long Installation { get; init; }

    /// <summary>The environment's key in barcelona.yml, which is GitHub's environment too.</summary>
    public required string Environment { get; init; }

    public required GitRef Ref { get; init; }

    public required CommitSha Commit { get; init; }

    /// <summary>The login of whoever caused it; null when nobody said.</summary>
    public string? Actor { get; init; }

    public RunKind Kind { get; init; }

    /// <inheritdoc cref="Run.Reason"/>
    public string? Reason { get; init; }

    /// <inheritdoc cref="Run.CheckCommit"/>
    public CommitSha? CheckCommit { get; init; }

    /// <inheritdoc cref="Run.OfRelease"/>
    public long? OfRelease { get; init; }

    /// <inheritdoc cref="Run.Hold"/>
    public CommitSha? Hold { get; init; }

    /// <inheritdoc cref="Run.Restarts"/>
    public string? Restarts { get; init; }

    /// <inheritdoc cref="Run.PinnedImage"/>
    public string? PinnedImage { get; init; }
}
