using Barcelona.GitOps.Core.Names;

namespace Barcelona.GitOps.Storage.Refs;

/// <summary>A repository that an event or an installation told us of.</summary>
public sealed record KnownRepository
{
    /// <summary>With the case that GitHub last used.</summary>
    public required RepositoryName Name { get; init; }

    public required long Installation { get; init; }

    /// <summary>Null until an event said.</summary>
    public string? DefaultBranch { get; init; }

    /// <summary>Null until an event said: then it is treated as public.</summary>
    public bool? IsPrivate { get; init; }
}
