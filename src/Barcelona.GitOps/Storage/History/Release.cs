using Barcelona.GitOps.Core.Names;

namespace Barcelona.GitOps.Storage.History;

/// <summary>What a run asked of AWS when it began to change something. Numbers count from 1 for each target.</summary>
public sealed record Release
{
    public required string District { get; init; }

    public required string Heritage { get; init; }

    public required long Number { get; init; }

    public required string RunId { get; init; }

    public RunKind Kind { get; init; }

    /// <inheritdoc cref="Run.OfRelease"/>
    public long? OfRelease { get; init; }

    public required RepositoryName Repository { get; init; }

    /// <summary>The environment's key in barcelona.yml.</summary>
    public required string Environment { get; init; }

    public required GitRef Ref { get; init; }

    public required CommitSha Commit { get; init; }

    /// <summary>Of the platform repository; null when the districts come from a folder.</summary>
    public CommitSha? PlatformCommit { get; init; }

    /// <summary>Name with tag or digest.</summary>
    public required string Image { get; init; }

    /// <summary>Without its digest, for people.</summary>
    public string ImageTag => Image.Split('@')[0];

    /// <summary>Path of each secret to the id of its version, as JSON.</summary>
    public required string Secrets { get; init; }

    public required string Fingerprint { get; init; }

    public string? Actor { get; init; }

    public string? Reason { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last seen to be what runs; null: never. Of a target's releases the one with the latest runs.</summary>
    public DateTimeOffset? RanAt { get; init; }

    /// <summary>Of its run; null when that is no longer kept.</summary>
    public RunState? State { get; init; }

    public string? Cause { get; init; }
}

/// <summary>The rendered configuration of a release, each part canonical JSON.</summary>
/// <param name="Configuration"><c>{"app": template, "heritage": template, "taskDefinitions": {name: content}}</c>.</param>
/// <param name="Parameters">Of the app stack: as planned, and once it runs as AWS has them.</param>
public sealed record ReleaseContent(string Configuration, string Parameters);
