using System.Collections.Immutable;
using Barcelona.GitOps.Core.Districts;
using Barcelona.GitOps.Core.Manifest;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Templates.Tasks;

namespace Barcelona.GitOps.Core.Templates;

/// <summary>Everything that decides what a release looks like in AWS. Equal inputs give equal templates, byte for byte.</summary>
public sealed record ReleaseInputs
{
    public required RepositoryName Repository { get; init; }

    public required CommitSha Commit { get; init; }

    /// <summary>What was pushed; the commit is its head, or the tag peeled.</summary>
    public required GitRef Ref { get; init; }

    public required EnvironmentManifest Environment { get; init; }

    public required District District { get; init; }

    /// <summary>Name and tag, as people know it.</summary>
    public required string Image { get; init; }

    /// <summary>What the tag stood for when it was looked up; null: the tag is deployed as written, unseen.</summary>
    public string? ImageDigest { get; init; }

    /// <summary>As task definitions name it: by digest, so that a tag that moves moves nothing.</summary>
    public string DeployedImage => ImageDigest is { } digest ? ImageName.WithDigest(Image, digest) : Image;

    /// <summary>By <c>secret</c> path as written in the file.</summary>
    public ImmutableSortedDictionary<string, ResolvedSecret> Secrets { get; init; } = ImmutableSortedDictionary<string, ResolvedSecret>.Empty;

    /// <summary>By <see cref="RuleSlot"/>: the priorities that listeners without one of their own were given.</summary>
    public ImmutableSortedDictionary<string, int> Priorities { get; init; } = ImmutableSortedDictionary<string, int>.Empty;

    /// <summary>The commit that was rolled back from, and is not to be deployed again by itself; null: none.</summary>
    public CommitSha? Hold { get; init; }

    /// <summary>By service: what its last restart marked its tasks with.</summary>
    public ImmutableSortedDictionary<string, string> Restarts { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>When the release was asked for: what was to run once before that is over. Null: nothing is.</summary>
    public DateTimeOffset? AskedAt { get; init; }

    public DeployTarget Target => new(District.Name, Environment.Name.Value);
}

/// <summary>What is deployed to, one writer at a time: a heritage in a district.</summary>
public sealed record DeployTarget(string District, string Heritage)
{
    public override string ToString() => $"{District}/{Heritage}";
}

/// <summary>A secret of Secrets Manager as found: the full ARN with its six random characters, and the version that is current.</summary>
public sealed record ResolvedSecret(string Arn, string VersionId);
