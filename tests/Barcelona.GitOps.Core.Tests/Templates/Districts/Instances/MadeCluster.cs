using System.Collections.Immutable;
using Barcelona.GitOps.Core.Districts;
using Barcelona.GitOps.Core.Manifest;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Templates;
using Barcelona.GitOps.Core.Templates.Districts;

namespace Barcelona.GitOps.Core.Tests.Templates.Districts.Instances;

/// <summary>A district that makes its cluster in a network that exists, so that its stack stands by itself.</summary>
internal static class MadeCluster
{
    public static Cluster.Made Cluster { get; } = new(["t3.small"], 1, 5, "latest", Insights: true);

    public static District District { get; } = Example.District with
    {
        Cluster = Cluster,
        ExistingBucket = "acme-barcelona",
        Endpoints = [],
        Registries = ImmutableSortedDictionary<string, string>.Empty,
    };

    /// <summary>On Fargate, with everything that machines and teams can ask for.</summary>
    public static District Everything { get; } = District with
    {
        Capacity = Capacity.FargateSpot,
        Cluster = new Cluster.Made(["m7g.large", "m6g.large"], 0, 20, "latest", Insights: false) { AsksForInstances = true },
        Network = new Network.Existing("vpc-0a1b2c3d", ["subnet-0aaaaaaa", "subnet-0bbbbbbb"], [], "sg-0a1b2c3d"),
        Bastion = true,
        PermissionsBoundary = "arn:aws:iam::123456789012:policy/barcelona/barcelona-default-boundary",
        Teams = ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal,
        [
            KeyValuePair.Create("acme/developers", TeamRight.Deploy), KeyValuePair.Create("acme/ops", TeamRight.Admin),
            KeyValuePair.Create("acme/support", TeamRight.Run), KeyValuePair.Create("acme/Visitors", TeamRight.Read),
        ]),
    };

    public static StackSpec Stack(District district) => DistrictTemplate.Of(new()
    {
        District = district,
        Platform = RepositoryName.Parse("acme/platform"),
        Commit = CommitSha.Parse("0123456789abcdef0123456789abcdef01234567"),
        ClusterImage = "ami-0a1b2c3d4e5f60718",
        BaseImage = "ami-08170f5e4d3c2b1a0",
    });
}
