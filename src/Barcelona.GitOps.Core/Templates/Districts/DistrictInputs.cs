using System.Collections.Immutable;
using Barcelona.GitOps.Core.Districts;
using Barcelona.GitOps.Core.Names;

namespace Barcelona.GitOps.Core.Templates.Districts;

/// <summary>
/// Everything that decides what a district's own stack looks like. What is looked up once, the zones and the images, is a parameter of the
/// stack and stays as it is until the file changes.
/// </summary>
public sealed record DistrictInputs
{
    public required District District { get; init; }

    /// <summary>The platform repository: the owner of the district's stacks.</summary>
    public required RepositoryName Platform { get; init; }

    /// <summary>Of the platform repository.</summary>
    public required CommitSha Commit { get; init; }

    /// <summary>Names of availability zones, as many as a made network asks for; empty when the network exists.</summary>
    public ImmutableArray<string> Zones { get; init; } = [];

    /// <summary>The image of the cluster's instances; null when the district makes none.</summary>
    public string? ClusterImage { get; init; }

    /// <summary>Plain Amazon Linux 2023, x86-64, for NAT instance and bastion; null when the district makes neither.</summary>
    public string? BaseImage { get; init; }
}

/// <summary>What an endpoint's stack needs from its district, made or existing.</summary>
public sealed record EndpointInputs
{
    public required District District { get; init; }

    public required Endpoint Endpoint { get; init; }

    public required RepositoryName Platform { get; init; }

    public required CommitSha Commit { get; init; }

    public required string VpcId { get; init; }

    /// <summary>Public ones for a public endpoint, private ones for an internal one.</summary>
    public required ImmutableArray<string> Subnets { get; init; }

    public required string SecurityGroup { get; init; }

    /// <summary>Where access logs go; null: the district has none that takes them.</summary>
    public string? LogBucket { get; init; }

    /// <summary>The zone <c>bcn</c> of a made network; null: no internal name.</summary>
    public string? PrivateZone { get; init; }

    /// <summary>False only while a district is being taken down.</summary>
    public bool IsProtected { get; init; } = true;
}
