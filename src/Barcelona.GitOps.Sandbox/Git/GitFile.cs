namespace Barcelona.GitOps.Sandbox.Git;

public enum GitFileKind
{
    File,
    Executable,
    SymbolicLink,
}

/// <summary>One file of a commit to be made. No content: the file is removed.</summary>
public sealed record GitFile(string Path, string? Content, GitFileKind Kind = GitFileKind.File);
