namespace Barcelona.GitOps.Reconciliation.Platform;

/// <summary>District files at the head of the platform repository's default branch, as it is when asked.</summary>
internal sealed class RepositoryDistricts(PlatformRepository platform) : IDistrictSource
{
    public Task<DistrictFiles> ReadAsync(CancellationToken cancellationToken) => platform.ReadHeadAsync(cancellationToken);
}
