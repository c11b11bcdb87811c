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

    /// <summary>Another run of the same commit: what came of the first stays on record.</summary>
    /// <param name="by">What asked for it; the same wish gives the same run.</param>
    public static NewRun Again(Run run, string by, string? actor) => new()
    {
        TriggerKey = $"{Run.AskedAgain}{by}:{run.Environment}",
        District = run.District,
        Heritage = run.Heritage,
        Repository = run.Repository,
        Installation = run.Installation,
        Environment = run.Environment,
        Ref = run.Ref,
        Commit = run.Commit,
        Actor = actor,
        Kind = run.Kind,
        Reason = Run.ReRun,
        CheckCommit = run.CheckCommit,
        OfRelease = run.OfRelease,
        Hold = run.Hold,
        Restarts = run.Restarts,
        PinnedImage = run.PinnedImage,
    };
}
