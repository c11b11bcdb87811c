namespace Barcelona.GitOps.Sandbox.Git;

/// <summary>Who wrote something, and when.</summary>
public sealed record GitPerson(string Name, string Email, DateTimeOffset When);

public sealed record GitCommit
{
    public required string Sha { get; init; }
    public required string TreeSha { get; init; }
    public required string Message { get; init; }
    public required GitPerson Author { get; init; }
    public required GitPerson Committer { get; init; }
    public required IReadOnlyList<string> Parents { get; init; }
}

/// <summary>The object that an annotated tag's ref points at.</summary>
public sealed record GitTagObject(string Sha, string Name, string Message, GitPerson Tagger, string TargetSha);

/// <summary>A file that differs between two trees; status as GitHub words it: added, removed, modified, renamed.</summary>
public sealed record GitFileChange(string Path, string? PreviousPath, string Status, string Sha)
{
    public required int Additions { get; init; }
    public required int Deletions { get; init; }
    public required string Patch { get; init; }
}

/// <summary>A ref that moved. No <see cref="Before"/>: created. No <see cref="After"/>: deleted. Ids are unpeeled.</summary>
public sealed record RefChange(string Name, string? Before, string? After);
