namespace Barcelona.GitOps.Git;

/// <summary>What a path is at a commit. Only <see cref="Found"/> has content.</summary>
public abstract record FileAtCommit
{
    private FileAtCommit()
    {
    }

    public sealed record Found(ReadOnlyMemory<byte> Content) : FileAtCommit;

    public sealed record Missing : FileAtCommit;

    /// <summary>Something that is no file of the repository itself: what it leads to is not followed.</summary>
    public sealed record NotAFile(EntryKind Kind) : FileAtCommit;

    /// <param name="Size">In bytes.</param>
    public sealed record TooLarge(long Size) : FileAtCommit;
}

public enum EntryKind { SymbolicLink, Submodule, Folder }
