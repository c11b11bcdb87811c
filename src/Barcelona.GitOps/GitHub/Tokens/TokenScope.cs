using Barcelona.GitOps.Core.Names;

namespace Barcelona.GitOps.GitHub.Tokens;

/// <summary>What a token is good for. A missing permission stays missing: GitHub gives exactly what is asked for.</summary>
/// <param name="Repository">The only repository it reaches; null: all of the installation, for listing them.</param>
public sealed record TokenScope(long Installation, RepositoryName? Repository, TokenAccess Access);

public enum TokenAccess
{
    /// <summary>Reading files and history: git, and nothing else.</summary>
    ReadContents,

    /// <summary>A deploy's own: checks and deployments written, contents, statuses and pull requests read.</summary>
    Deploy,

    /// <summary>Names and refs only: which repositories there are.</summary>
    ReadMetadata,

    /// <summary>Who is in which team of the organization.</summary>
    ReadMembers,
}
