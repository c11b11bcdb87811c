using Barcelona.GitOps.Core.Manifest;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Triggers;

namespace Barcelona.GitOps.Core.Districts;

/// <summary>
/// The district's half of the two-sided consent. A repository cannot choose a district that does not list it, and a district that names
/// environments may take them from files that name no district.
/// </summary>
public static class DistrictConsent
{
    /// <summary>The environment names this district, and the district accepts it.</summary>
    public static bool Accepts(District district, RepositoryName repository, EnvironmentManifest environment) =>
        environment.District?.Value == district.Name
        && district.Repositories
            .Any(c => Concerns(c, repository) && (c.Environments is not { } named || named.Contains(environment.Key.Value, StringComparer.Ordinal)));

    /// <summary>The environment names no district, and this one takes it.</summary>
    public static bool Takes(District district, RepositoryName repository, EnvironmentManifest environment) =>
        environment.District is null
        && district.Repositories
            .Any(c => Concerns(c, repository) && c.Environments is { } named && named.Contains(environment.Key.Value, StringComparer.Ordinal));

    /// <summary>The district lets this repository have this environment, by whichever of the two ways.</summary>
    public static bool Lets(District district, RepositoryName repository, string environment) => district.Repositories
        .Any(c => Concerns(c, repository) && (c.Environments is not { } named || named.Contains(environment, StringComparer.Ordinal)));

    // GitHub's names are compared without case.
    private static bool Concerns(RepositoryConsent consent, RepositoryName repository) =>
        Glob.IsMatch(consent.Pattern.ToLowerInvariant(), repository.ToString().ToLowerInvariant());
}
