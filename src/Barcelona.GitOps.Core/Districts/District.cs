using System.Collections.Immutable;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Manifest;

namespace Barcelona.GitOps.Core.Districts;

/// <summary>A <c>districts/&lt;name&gt;.yml</c> of the platform repository: network, cluster, and who may deploy there.</summary>
public sealed record District
{
    public required string Name { get; init; }

    public required string Region { get; init; }

    /// <summary>Twelve digits.</summary>
    public required string Account { get; init; }

    /// <summary>Assumed for everything done in this district. Null: the service's own credentials.</summary>
    public AssumedRole? Role { get; init; }

    /// <summary>The ARN of a policy that bounds every role made here; null: none does.</summary>
    public string? PermissionsBoundary { get; init; }

    /// <summary>Who may deploy here: the other half of the two-sided consent.</summary>
    public required ImmutableArray<RepositoryConsent> Repositories { get; init; }

    /// <summary><c>org/team</c> to its right.</summary>
    public required ImmutableSortedDictionary<string, TeamRight> Teams { get; init; }

    /// <summary>GitHub Apps by their slug, such as <c>github-merge-queue</c>, whose pushes deploy although the district names teams.</summary>
    public ImmutableArray<string> Apps { get; init; } = [];

    public required DistrictPolicy Policy { get; init; }

    /// <summary>Registry host to the Secrets Manager path, below the district's prefix, of its credentials.</summary>
    public required ImmutableSortedDictionary<string, string> Registries { get; init; }

    public required Network Network { get; init; }

    public required Cluster Cluster { get; init; }

    public required Capacity Capacity { get; init; }

    /// <summary>Null: the district makes its own.</summary>
    public string? ExistingBucket { get; init; }

    public bool Bastion { get; init; }

    public required ImmutableArray<Endpoint> Endpoints { get; init; }

    public ImmutableArray<Notification> Notifications { get; init; } = [];

    /// <summary>Logical ids whose replacement is accepted.</summary>
    public ImmutableArray<string> AllowReplacement { get; init; } = [];

    public bool Delete { get; init; }

    public required SourceSpan Span { get; init; }

    /// <summary>The cluster is made, with instances: services run on them by default, or the file says something about them.</summary>
    public bool MakesInstances() => Cluster is Cluster.Made made && (Capacity == Capacity.Ec2 || made.AsksForInstances);

    /// <summary>Of all keys, for whoever refuses what one of them asks for.</summary>
    public KeyPlaces Places { get; init; } = KeyPlaces.None;

    /// <param name="path">As in the file: <c>network.cidr_block</c>. What the file leaves out has the place of what it is left out from.</param>
    public SourceSpan PlaceOf(string path) => Places.Find(path) ?? Span;
}

public sealed record AssumedRole(string Arn, string? ExternalId)
{
    /// <summary>The account that the role belongs to, and whatever is done with it happens in.</summary>
    public string Account => AwsArn.AccountOf(Arn);
}

/// <summary>
/// A repository pattern (<c>acme/*</c>); the long form names the environments it may take, also from files without <c>district</c>.
/// </summary>
/// <param name="Environments">Null: every environment that names the district itself.</param>
public sealed record RepositoryConsent(string Pattern, ImmutableArray<string>? Environments, SourceSpan Span);

public enum TeamRight { Read, Run, Deploy, Admin }

/// <summary>Upper bounds for everything that deploys here. Null: no bound.</summary>
/// <param name="MaxCpu">CPU units per task.</param>
/// <param name="MaxMemory">MiB per task.</param>
/// <param name="Registries">Hosts that images may come from; Docker Hub is <c>docker.io</c>.</param>
public sealed record DistrictPolicy(int? MaxCpu, int? MaxMemory, ImmutableArray<string>? Registries);

/// <summary>A channel on which the district says what happened.</summary>
/// <param name="Kind"><c>slack</c> or <c>sns</c>.</param>
/// <param name="Secret">Of <c>slack</c>: a path below the district's prefix, perhaps with <c>#field</c>.</param>
public sealed record Notification(string Kind, string? Secret);

/// <summary>A load balancer of the district.</summary>
public sealed record Endpoint
{
    public required string Name { get; init; }

    public bool Public { get; init; }

    public string? Domain { get; init; }

    public string? HostedZone { get; init; }

    public string? CertificateArn { get; init; }

    public SslPolicy SslPolicy { get; init; } = SslPolicy.Intermediate;

    /// <summary>Null: the district makes it.</summary>
    public ExistingEndpoint? Existing { get; init; }

    public required SourceSpan Span { get; init; }
}

public enum SslPolicy { Old, Intermediate, Modern }

/// <summary>A load balancer that somebody else made. Without an HTTPS listener nothing can force SSL.</summary>
public sealed record ExistingEndpoint(string HttpListenerArn, string? HttpsListenerArn, string DnsName);
