using System.Collections.Immutable;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Manifest;
using Barcelona.GitOps.Core.Manifest.Keys;
using Barcelona.GitOps.Core.Manifest.Keys.Services;
using Barcelona.GitOps.Core.Shapes;
using Barcelona.GitOps.Core.Shapes.Scalars;

namespace Barcelona.GitOps.Core.Districts.Keys;

/// <summary>The top of a district file.</summary>
internal static class DistrictKeys
{
    private static readonly Key<string> Region = new("region", DistrictTexts.Region, "The AWS region.") { IsRequired = true };
    private static readonly Key<string> Account = new("account", DistrictTexts.Account, "The AWS account, twelve digits.") { IsRequired = true };
    private static readonly Key<string> Role =
        new("role", DistrictTexts.RoleArn, "Assumed for everything done in the district. Absent: the service's own credentials.");
    private static readonly Key<string> ExternalId = new("external_id", Texts.NotEmpty, "Given when the role is assumed.");

    private static readonly Key<string> PermissionsBoundary =
        new("permissions_boundary", DistrictTexts.PolicyArn, "A policy that bounds every role that Barcelona makes in the district.");

    private static readonly Key<ImmutableArray<RepositoryConsent>> Repositories =
        new("repositories", ConsentKeys.Repositories,
            "Who may deploy here: patterns, or {repository, environments} to take environments of files that name no district.");

    private static readonly Key<ImmutableSortedDictionary<string, TeamRight>> Teams =
        new("teams", ConsentKeys.Teams,
            "Rights of teams: admin, deploy, run or read. With teams, only members of those with deploy or admin deploy.");

    private static readonly Key<ImmutableArray<string>> Apps =
        new("apps", ConsentKeys.Apps, "GitHub Apps by their slug, such as github-merge-queue, whose pushes deploy although there are teams.");

    private static readonly Key<DistrictPolicy> Policy = new("policy", ConsentKeys.Policy, "Upper bounds for everything that deploys here.");
    private static readonly Key<ImmutableSortedDictionary<string, string>> Registries =
        new("registries", ConsentKeys.Registries, "Credentials to look images up and to pull them.");
    private static readonly Key<Network> NetworkKey = new("network", NetworkKeys.Network, "The network: made, or existing.");
    private static readonly Key<Capacity> CapacityKey =
        new("capacity", CapacityWords.Shape, "Where containers run by default. Required with an existing cluster.") { Default = "ec2" };
    private static readonly Key<Cluster> ClusterKey = new("cluster", NetworkKeys.Cluster, "The ECS cluster: made, or existing.");
    private static readonly Key<string> Bucket = new("bucket", NetworkKeys.Bucket, "The district's bucket: made, or existing.");
    private static readonly Key<bool> Bastion =
        new("bastion", new FlagShape(), "A small instance reachable by Session Manager only, for port forwarding.") { Default = false };
    private static readonly Key<ImmutableArray<Endpoint>> Endpoints = new("endpoints", EndpointKeys.Endpoints, "Load balancers.");
    private static readonly Key<ImmutableArray<Notification>> Notifications =
        new("notifications", ConsentKeys.Notifications, "Where to tell what became of deploys.");

    private static readonly Key<ImmutableArray<string>> AllowReplacement =
        new("allow_replacement", new ListShape<string>(Texts.NotEmpty),
            "Logical ids whose replacement is accepted; of an endpoint with its name in front, demo-endpoint.LoadBalancer.");

    private static readonly Key<bool> Delete = new("delete", new FlagShape(), "The district shall go.") { Default = false };

    public static MapShape<District> File(string name) => new("a district",
        [
            Region, Account, Role, ExternalId, PermissionsBoundary, Repositories, Teams, Apps, Policy, Registries, NetworkKey, CapacityKey,
            ClusterKey, Bucket, Bastion, Endpoints, Notifications, AllowReplacement, Delete,
        ], values => Bind(name, values));

    private static District Bind(string name, MapValues values)
    {
        var cluster = values.Get(ClusterKey, new Cluster.Made(["t3.small"], 1, 5, "latest", Insights: true));
        if (cluster is Cluster.Existing && !values.IsMentioned(CapacityKey))
        {
            values.Log.Add(DistrictDiagnostics.CapacityRequired(values.PlaceOf(ClusterKey)));
        }

        if (values.Find(Role) is { } given && values.Find(Account) is { } account && AwsArn.AccountOf(given) is var owner && owner != account)
        {
            values.Log.Add(DistrictDiagnostics.Role(values.PlaceOf(Role), owner, account));
        }

        var district = new District
        {
            Name = name,
            Region = values.Get(Region, ""),
            Account = values.Get(Account, ""),
            Role = values.Find(Role) is { } arn ? new(arn, values.Find(ExternalId)) : null,
            PermissionsBoundary = values.Find(PermissionsBoundary),
            Repositories = values.Get(Repositories, []),
            Teams = values.Get(Teams, ImmutableSortedDictionary<string, TeamRight>.Empty),
            Apps = values.Get(Apps, []),
            Policy = values.Get(Policy, new(null, null, null)),
            Registries = values.Get(Registries, ImmutableSortedDictionary<string, string>.Empty),
            Network = values.Get(NetworkKey, new Network.Made("10.0.0.0/16", 2, NatType.ManagedGateway, Ipv6: false, [])),
            Cluster = cluster,
            Capacity = values.Get(CapacityKey, Capacity.Ec2),
            ExistingBucket = values.Find(Bucket) is { Length: > 0 } bucket ? bucket : null,
            Bastion = values.Get(Bastion, false),
            Endpoints = values.Get(Endpoints, []),
            Notifications = values.Get(Notifications, []),
            AllowReplacement = values.Get(AllowReplacement, []),
            Delete = values.Get(Delete, false),
            Span = values.Head,
        };
        RoleBoundary.Check(district, values, Role);
        PrivateReach.Check(district, values, NetworkKey);
        return district;
    }
}
