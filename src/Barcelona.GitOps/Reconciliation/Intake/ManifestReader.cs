using System.Globalization;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Manifest;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Git;

namespace Barcelona.GitOps.Reconciliation.Intake;

/// <summary><c>barcelona.yml</c> at exactly one commit.</summary>
public sealed class ManifestReader(IManifestSource source, RepositoryAccess access)
{
    public const string FileName = "barcelona.yml";

    /// <returns>Null: the commit has no such file, so the repository is none of ours there.</returns>
    public async Task<Parsed<BarcelonaManifest>?> ReadAsync(CommitSubject subject, CancellationToken cancellationToken)
    {
        var git = await access.ForKnownCommitAsync(subject.Installation, subject.Repository, cancellationToken);
        return await source.ReadFileAsync(git, subject.Commit, FileName, cancellationToken) switch
        {
            FileAtCommit.Found(var content) => ManifestParser.Parse(FileName, content),
            FileAtCommit.Missing => null,
            FileAtCommit.NotAFile(var kind) => Unreadable(
                $"{FileName} is {Describe(kind)}; a file is expected, and what others lead to is not followed."),
            FileAtCommit.TooLarge(var size) => Unreadable(
                string.Create(CultureInfo.InvariantCulture, $"{FileName} has {size:N0} bytes; at most 1,048,576 are read.")),
            var other => throw new InvalidOperationException($"A file at a commit that nobody knows: {other.GetType().Name}."),
        };
    }

    private static Parsed<BarcelonaManifest> Unreadable(string reason) => new(null, [FileDiagnostics.Missing(FileName, reason)]);

    private static string Describe(EntryKind kind) => kind switch
    {
        EntryKind.SymbolicLink => "a symbolic link",
        EntryKind.Submodule => "a submodule",
        EntryKind.Folder => "a folder",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of entry."),
    };
}

/// <summary>A commit of a repository, and the installation that reaches it: what a check stands on.</summary>
public sealed record CommitSubject(long Installation, RepositoryName Repository, CommitSha Commit);
