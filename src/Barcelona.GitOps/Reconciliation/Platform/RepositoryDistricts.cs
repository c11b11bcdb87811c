using System.Collections.Immutable;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Districts;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Git;
using Barcelona.GitOps.GitHub;
using Barcelona.GitOps.Reconciliation.Intake;
using Microsoft.Extensions.Options;

namespace Barcelona.GitOps.Reconciliation.Platform;

/// <summary>District files at the head of the platform repository's default branch, as it is when asked.</summary>
internal sealed class RepositoryDistricts(
    IOptions<PlatformOptions> options, AppClient app, GitHubClients gitHub, RepositoryAccess access, IManifestSource git) : IDistrictSource
{
    private volatile DistrictFiles? _last;

    public async Task<DistrictFiles> ReadAsync(CancellationToken cancellationToken)
    {
        var repository = RepositoryName.Parse(options.Value.Repository ?? "");
        var installation = await app.InstallationOfAsync(repository, cancellationToken)
            ?? throw new PlatformRepositoryException($"The App is not installed on the platform repository {repository}.");
        var facts = await (await gitHub.ForAsync(installation, repository, cancellationToken)).DescribeAsync(cancellationToken);
        var place = await access.ForAsync(installation, repository, cancellationToken);
        var head = await git.ResolveAsync(place, GitRef.Branch(facts.DefaultBranch), cancellationToken)
            ?? throw new PlatformRepositoryException($"The platform repository {repository} has no branch {facts.DefaultBranch}.");

        // A commit never changes what it says.
        return _last is { } last && last.Commit == head.Commit.Value ? last : _last = await ParseAsync(place, head.Commit, cancellationToken);
    }

    private async Task<DistrictFiles> ParseAsync(GitAccess place, CommitSha commit, CancellationToken cancellationToken)
    {
        var found = ImmutableSortedDictionary.CreateBuilder<string, Parsed<District>>(StringComparer.Ordinal);
        foreach (var path in await git.ListFilesAsync(place, commit, "districts", cancellationToken))
        {
            if (DistrictFiles.NameOf(path) is { } name)
            {
                found[name] = await git.ReadFileAsync(place, commit, path, cancellationToken) is FileAtCommit.Found(var content)
                    ? DistrictParser.Parse(name, path, content)
                    : new Parsed<District>(null, [FileDiagnostics.Missing(path, $"{path} is no ordinary file of at most 1 MiB.")]);
            }
        }

        return new DistrictFiles(commit.Value, found.ToImmutable());
    }
}

/// <summary>The platform repository cannot be read, and trying again does not help: somebody has to mend the settings or the installation.</summary>
public sealed class PlatformRepositoryException(string message) : Exception(message);
