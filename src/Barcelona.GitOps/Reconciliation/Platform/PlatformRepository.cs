using System.Collections.Immutable;
using System.Security.Cryptography;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Districts;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Git;
using Barcelona.GitOps.GitHub;
using Barcelona.GitOps.GitHub.Http;
using Barcelona.GitOps.Reconciliation.Intake;
using Barcelona.GitOps.Storage.Refs;
using Microsoft.Extensions.Options;

namespace Barcelona.GitOps.Reconciliation.Platform;

/// <summary>The repository with the district files: where it is, and what its files say at a commit.</summary>
public sealed class PlatformRepository(
    IOptions<PlatformOptions> options, AppClient app, GitHubClients gitHub, RepositoryAccess access, IManifestSource git, Repositories repositories)
{
    private volatile DistrictFiles? _last;

    /// <summary>Null: the districts come from a folder, and nothing is converged from there.</summary>
    public RepositoryName? Name { get; } = options.Value.Repository is { Length: > 0 } name ? RepositoryName.Parse(name) : null;

    public bool Is(RepositoryName repository) => Name is { } name && name.Equals(repository);

    /// <summary>The head of the default branch, as it is now.</summary>
    public async Task<CommitSubject> HeadAsync(CancellationToken cancellationToken)
    {
        var repository = Name ?? throw new PlatformRepositoryException("There is no platform repository.");
        var installation = await app.InstallationOfAsync(repository, cancellationToken)
            ?? throw new PlatformRepositoryException($"The App is not installed on the platform repository {repository}.");
        var facts = await (await gitHub.ForAsync(installation, repository, cancellationToken)).DescribeAsync(cancellationToken);
        var place = await access.ForAsync(installation, repository, cancellationToken);
        var head = await git.ResolveAsync(place, GitRef.Branch(facts.DefaultBranch), cancellationToken)
            ?? throw new PlatformRepositoryException($"The platform repository {repository} has no branch {facts.DefaultBranch}.");
        return new(installation, repository, head.Commit);
    }

    /// <summary>
    /// Notes its default branch, unless it is known: what that branch says is news for a service that starts, and the sweep compares the rest.
    /// </summary>
    public async Task NoteAsync(CancellationToken cancellationToken)
    {
        if (Name is not { } repository || await repositories.FindAsync(repository, cancellationToken) is { DefaultBranch: not null }
            || await app.InstallationOfAsync(repository, cancellationToken) is not { } installation)
        {
            return;
        }

        try
        {
            var facts = await (await gitHub.ForAsync(installation, repository, cancellationToken)).DescribeAsync(cancellationToken);
            await repositories.UpsertAsync(
                new() { Name = repository, Installation = installation, DefaultBranch = facts.DefaultBranch, IsPrivate = facts.IsPrivate },
                within: null,
                cancellationToken);
        }
        catch (GitHubRefusedException)
        {
            // Suspended: whoever needs the district files says so, and the next sweep asks again.
        }
    }

    /// <summary>Every district file at that commit. A commit never changes what it says, so the last one that was read is kept.</summary>
    public async Task<DistrictFiles> ReadAsync(CommitSubject at, CancellationToken cancellationToken)
    {
        if (_last is { } last && last.Commit == at.Commit.Value)
        {
            return last;
        }

        var place = await access.ForKnownCommitAsync(at.Installation, at.Repository, cancellationToken);
        var parsed = ImmutableSortedDictionary.CreateBuilder<string, Parsed<District>>(StringComparer.Ordinal);
        var hashes = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var path in await git.ListFilesAsync(place, at.Commit, "districts", cancellationToken))
        {
            if (DistrictFiles.NameOf(path) is { } name)
            {
                var file = await git.ReadFileAsync(place, at.Commit, path, cancellationToken);
                parsed[name] = parsed.ContainsKey(name) ? DistrictFiles.Twice(name)
                    : file is FileAtCommit.Found(var content) ? DistrictParser.Parse(name, path, content)
                    : new Parsed<District>(null, [FileDiagnostics.Missing(path, $"{path} is no ordinary file of at most 1 MiB.")]);
                hashes[name] = file is FileAtCommit.Found(var bytes) ? Convert.ToHexStringLower(SHA256.HashData(bytes.Span)) : "";
            }
        }

        return new DistrictFiles(at.Commit.Value, parsed.ToImmutable()) { Hashes = hashes.ToImmutable() };
    }

    /// <summary>The same for the default branch's head, which is what applications are deployed by.</summary>
    public async Task<DistrictFiles> ReadHeadAsync(CancellationToken cancellationToken) =>
        _last = await ReadAsync(await HeadAsync(cancellationToken), cancellationToken);

    /// <summary>The hash of one district's file at an earlier commit; null when there is none, or the commit is gone.</summary>
    public async Task<string?> HashAtAsync(CommitSubject at, string district, CancellationToken cancellationToken)
    {
        try
        {
            return (await ReadAsync(at, cancellationToken)).Hashes.GetValueOrDefault(district);
        }
        catch (GitUnavailableException gone) when (!gone.IsTransient)
        {
            // A force-push left it behind: nothing equals it any more.
            return null;
        }
    }
}

/// <summary>The platform repository cannot be read, and trying again does not help: somebody has to mend the settings or the installation.</summary>
public sealed class PlatformRepositoryException(string message) : Exception(message);
