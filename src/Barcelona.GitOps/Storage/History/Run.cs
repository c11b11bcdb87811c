using Barcelona.GitOps.Core.Names;

namespace Barcelona.GitOps.Storage.History;

/// <summary>One deploy of one target, or one converging of a district: what was asked, how far it is, and what GitHub has been told.</summary>
public sealed record Run
{
    /// <summary>How the trigger key of a run begins that takes the place of an earlier one.</summary>
    public const string AskedAgain = "rerequest:";

    /// <summary>The <see cref="Reason"/> of what somebody asked for once more.</summary>
    public const string ReRun = "re-run";

    /// <summary>Unique over all databases that ever were: GitHub keeps it as external id.</summary>
    public required string Id { get; init; }

    /// <summary>The order in which runs were made.</summary>
    public required long Sequence { get; init; }

    public required string TriggerKey { get; init; }

    public RunKind Kind { get; init; }

    /// <summary>An earlier release is put back: what prepares a new one, as <c>before_deploy</c> does, is not done again.</summary>
    public bool IsRollback => Kind == RunKind.Rollback;

    /// <summary>One word or two for people: push, tag, sweep, re-run, rollback to 3. Null: nobody said.</summary>
    public string? Reason { get; init; }

    /// <summary>Of a rollback or a restart: the number of the release that is put back, or restarted.</summary>
    public long? OfRelease { get; init; }

    /// <summary>Of a rollback: the commit that is not to be deployed again by itself. Null: none.</summary>
    public CommitSha? Hold { get; init; }

    /// <summary>Of a restart: services, separated by commas; empty: all.</summary>
    public string? Restarts { get; init; }

    /// <summary>Somebody pressed re-run.</summary>
    public bool IsAskedAgain => TriggerKey.StartsWith(AskedAgain, StringComparison.Ordinal);

    /// <summary>A rollback or restart that somebody asked for: whether they may was asked then, or they have our own database.</summary>
    public bool IsAskedByName => Kind != RunKind.Deploy && !IsAskedAgain;

    public required string District { get; init; }

    /// <summary>Empty: the run is about the district itself.</summary>
    public required string Heritage { get; init; }

    public bool IsOfDistrict => Heritage.Length == 0;

    public required RepositoryName Repository { get; init; }

    public required long Installation { get; init; }

    public required string Environment { get; init; }

    public required GitRef Ref { get; init; }

    public required CommitSha Commit { get; init; }

    /// <summary>Where people look for what comes of it; null: on <see cref="Commit"/>.</summary>
    public CommitSha? CheckCommit { get; init; }

    /// <summary>The login of whoever caused it; null when nobody said.</summary>
    public string? Actor { get; init; }

    /// <summary>The commit of the platform repository whose district file was used.</summary>
    public CommitSha? PlatformCommit { get; init; }

    /// <summary>With its digest, once known.</summary>
    public string? Image { get; init; }

    /// <summary>The image of the release that is put back or restarted; null: the file and the commit decide.</summary>
    public string? PinnedImage => Kind == RunKind.Deploy ? null : Image;

    public required RunState State { get; init; }

    /// <summary>The commit that took its place.</summary>
    public CommitSha? SupersededBy { get; init; }

    /// <summary>One sentence for people: why it ended as it did.</summary>
    public string? Cause { get; init; }

    /// <summary>JSON: plan, steps, evidence.</summary>
    public string? Detail { get; init; }

    public long? CheckRunId { get; init; }

    /// <summary>Written before the check run is created: when its id is missing afterwards, look for it on GitHub before making another.</summary>
    public DateTimeOffset? CheckAttemptedAt { get; init; }

    public long? DeploymentId { get; init; }

    /// <summary>Written before the deployment is created, as for the check run.</summary>
    public DateTimeOffset? DeploymentAttemptedAt { get; init; }

    /// <summary>The state that GitHub was last told.</summary>
    public RunState? Reported { get; init; }

    /// <summary>GitHub refused to hear the verdict, and is not told again before; null: it did not.</summary>
    public DateTimeOffset? TellAt { get; init; }

    /// <summary>From 1; counts what is tried again, for idempotency tokens.</summary>
    public required int Attempt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Since then it is to stop. Never taken back.</summary>
    public DateTimeOffset? CancelAskedAt { get; init; }

    public string? CancelAskedBy { get; init; }
}
