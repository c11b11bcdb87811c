using Barcelona.GitOps.Core.Names;

namespace Barcelona.GitOps.Core.Reports.Notifications;

/// <summary>What a district's channels are told of a run when it happens.</summary>
public sealed record Notice
{
    public required NoticeEvent Event { get; init; }

    public required NoticeSubject Subject { get; init; }

    public required string District { get; init; }

    /// <summary>Empty: it is about the district itself.</summary>
    public required string Heritage { get; init; }

    public required string Environment { get; init; }

    public required RepositoryName Repository { get; init; }

    public required GitRef Ref { get; init; }

    public required CommitSha Commit { get; init; }

    /// <summary>A login; null: nobody is known.</summary>
    public string? Actor { get; init; }

    /// <summary>The number of the release that it makes; null: none yet.</summary>
    public long? Release { get; init; }

    /// <summary>Of a rollback: the release that is put back.</summary>
    public long? OfRelease { get; init; }

    /// <summary>Of a restart: services, separated by commas; empty or null: all.</summary>
    public string? Services { get; init; }

    public CommitSha? SupersededBy { get; init; }

    /// <summary>One sentence: why it ended as it did.</summary>
    public string? Cause { get; init; }

    /// <summary>It failed, and AWS has put back what ran before.</summary>
    public bool WentBack { get; init; }

    /// <summary>Where there is more; null: nowhere.</summary>
    public Uri? Link { get; init; }

    public DateTimeOffset At { get; init; }
}

public enum NoticeEvent { Started, Succeeded, Failed, Rejected, Superseded, Cancelled }

public enum NoticeSubject { Deploy, Rollback, Restart, District }
