using System.Collections.Immutable;
using LibGit2Sharp;

namespace Barcelona.GitOps.Git;

/// <summary>Files as a commit has them. The tree was written by strangers: modes are looked at, sizes are known before content is.</summary>
internal static class CommitFiles
{
    public static FileAtCommit Read(Repository repository, Commit commit, string path)
    {
        if (Entry(commit, path) is not { } entry)
        {
            return new FileAtCommit.Missing();
        }

        return entry.Mode switch
        {
            Mode.SymbolicLink => new FileAtCommit.NotAFile(EntryKind.SymbolicLink),
            Mode.GitLink => new FileAtCommit.NotAFile(EntryKind.Submodule),
            Mode.Directory => new FileAtCommit.NotAFile(EntryKind.Folder),
            Mode.NonExecutableFile or Mode.NonExecutableGroupWritableFile or Mode.ExecutableFile => Read(repository, entry),
            _ => new FileAtCommit.Missing(),
        };
    }

    public static ImmutableArray<string> List(Commit commit, string folder)
    {
        if (Entry(commit, folder) is not { TargetType: TreeEntryTargetType.Tree } entry)
        {
            return [];
        }

        var files = ((Tree)entry.Target).Where(e => e.Mode is Mode.NonExecutableFile or Mode.NonExecutableGroupWritableFile or Mode.ExecutableFile);
        return [.. files.Select(e => $"{folder.TrimEnd('/')}/{e.Name}").Order(StringComparer.Ordinal)];
    }

    private static FileAtCommit Read(Repository repository, TreeEntry entry)
    {
        // Not Blob.Size: it inflates the whole object, and a gigabyte of zeroes packs into one megabyte.
        var size = repository.ObjectDatabase.RetrieveObjectMetadata(entry.Target.Id).Size;
        if (size > LibGit2ManifestSource.MaxFileSize)
        {
            return new FileAtCommit.TooLarge(size);
        }

        // Without filters: those are for working trees.
        using var content = ((Blob)entry.Target).GetContentStream();
        var bytes = new byte[size];
        content.ReadExactly(bytes);
        return new FileAtCommit.Found(bytes);
    }

    // What is no plain relative path is in no tree.
    private static TreeEntry? Entry(Commit commit, string path) =>
        path.Length == 0 || path.StartsWith('/') || path.Split('/').Any(part => part is "" or "." or "..") ? null : commit[path];
}
