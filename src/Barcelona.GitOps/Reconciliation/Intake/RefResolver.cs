using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Git;

namespace Barcelona.GitOps.Reconciliation.Intake;

/// <summary>What a ref says right now, tags peeled, asked of the remote itself.</summary>
public sealed class RefResolver(IManifestSource source, RepositoryAccess access)
{
    /// <returns>Null: there is no such ref any more.</returns>
    public async Task<ResolvedRef?> ResolveAsync(long installation, RepositoryName repository, GitRef gitRef, CancellationToken cancellationToken) =>
        await source.ResolveAsync(await access.ForAsync(installation, repository, cancellationToken), gitRef, cancellationToken);
}
