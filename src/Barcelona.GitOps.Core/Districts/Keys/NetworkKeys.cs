using System.Collections.Immutable;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Shapes;
using Barcelona.GitOps.Core.Shapes.Scalars;

namespace Barcelona.GitOps.Core.Districts.Keys;

/// <summary><c>network</c>, <c>cluster</c> and <c>bucket</c>: made, or <c>existing</c>.</summary>
internal static class NetworkKeys
{
    private static readonly Key<string> CidrBlock = new("cidr_block", DistrictTexts.Cidr, "The network's addresses.") { Default = "10.0.0.0/16" };
    private static readonly Key<int> Zones = new("zones", new NumberShape(2, 3), "How many availability zones it spans.") { Default = 2 };

    private static readonly Key<NatType> Nat = new("nat_type", new ChoiceShape<NatType>(
        ("instance", NatType.Instance), ("managed_gateway", NatType.ManagedGateway), ("managed_gateway_multi_az", NatType.ManagedGatewayMultiAz),
            ("none", NatType.None)),
        "How private subnets reach the internet.")
    { Default = "managed_gateway" };

    private static readonly Key<bool> Ipv6 = new("ipv6", new FlagShape(), "Also IPv6.") { Default = false };
    private static readonly IEnumerable<(string Word, string Value)> InterfaceEndpointWords = InterfaceEndpoints.Words.Select(w => (w, w));
    private static readonly Key<ImmutableArray<string>> Inside =
        new("interface_endpoints", new ListShape<string>(new ChoiceShape<string>(InterfaceEndpointWords)) { Max = 50 },
            "AWS services reached inside the network; S3 always is.");

    private static readonly Key<string> VpcId = new("vpc_id", DistrictTexts.VpcId, "The VPC.") { IsRequired = true };
    private static readonly Key<ImmutableArray<string>> PublicSubnets =
        new("public_subnets", new ListShape<string>(DistrictTexts.SubnetId) { Max = 50 }, "Subnets with an internet gateway.");
    private static readonly Key<ImmutableArray<string>> PrivateSubnets =
        new("private_subnets", new ListShape<string>(DistrictTexts.SubnetId) { Max = 50 }, "Where tasks with their own network interface run.");
    private static readonly Key<string> SecurityGroup =
        new("security_group", DistrictTexts.SecurityGroupId, "The group that tasks with their own network interface get.") { IsRequired = true };

    private static readonly Key<Network.Existing> ExistingNetwork = new("existing",
        new MapShape<Network.Existing>("an existing network", [VpcId, PublicSubnets, PrivateSubnets, SecurityGroup], BindExisting)
        {
            Constrain = schema => schema["anyOf"] = SchemaParts.EachRequired(PublicSubnets, PrivateSubnets),
        }, "A network that somebody else made.");

    public static readonly Shape<Network> Network =
        new MapShape<Network>("network", [CidrBlock, Zones, Nat, Ipv6, Inside, ExistingNetwork], BindNetwork);

    private static readonly Key<ImmutableArray<string>> InstanceTypes =
        new("instance_types", new ListShape<string>(DistrictTexts.InstanceType) { Min = 1, Max = 20 }, "What the cluster's instances may be.");

    private static readonly Key<int> Min = new("min", new NumberShape(0, 1000), "The fewest instances.") { Default = 1 };
    private static readonly Key<int> Max = new("max", new NumberShape(1, 1000), "The most instances.") { Default = 5 };
    private static readonly Key<string> Ami =
        new("ami", DistrictTexts.Ami,
            "The instances' image: an id, or latest, which moves when a change of the file is merged. Absent: the newest once, then kept.");
    private static readonly Key<bool> Insights = new("insights", new FlagShape(), "Container Insights.") { Default = true };
    public static readonly Key<string> ExistingCluster = new("existing", DistrictTexts.ClusterName, "A cluster that somebody else made, by name.");

    public static readonly Shape<Cluster> Cluster =
        new MapShape<Cluster>("cluster", [InstanceTypes, Min, Max, Ami, Insights, ExistingCluster], BindCluster);

    private static readonly Key<string> ExistingBucket = new("existing", DistrictTexts.BucketName, "A bucket that somebody else made, by name.");

    /// <summary>The name of the existing bucket; empty: none.</summary>
    public static readonly Shape<string> Bucket =
        new MapShape<string>("bucket", [ExistingBucket], values => values.Get(ExistingBucket, ""));

    private static Network BindNetwork(MapValues values)
    {
        ExistingOr.Check(values, ExistingNetwork, [CidrBlock, Zones, Nat, Ipv6, Inside]);
        Network made = new Network.Made(
            values.Get(CidrBlock, "10.0.0.0/16"),
            values.Get(Zones, 2),
            values.Get(Nat, NatType.ManagedGateway),
            values.Get(Ipv6, false),
            [.. values.Get(Inside, []).Distinct()]);
        return (values.Find(ExistingNetwork) ?? made) with { Span = values.Head };
    }

    private static Network.Existing BindExisting(MapValues values)
    {
        if (!values.IsMentioned(PublicSubnets) && !values.IsMentioned(PrivateSubnets))
        {
            values.Log.Add(DistrictDiagnostics.NoSubnets(values.Head));
        }

        return new(values.Get(VpcId, ""), values.Get(PublicSubnets, []), values.Get(PrivateSubnets, []), values.Get(SecurityGroup, ""));
    }

    private static Cluster BindCluster(MapValues values)
    {
        ExistingOr.Check(values, ExistingCluster, [InstanceTypes, Min, Max, Ami, Insights]);
        var (min, max) = (values.Get(Min, 1), values.Get(Max, 5));
        if (min > max)
        {
            values.Log.Add(DistrictDiagnostics.EmptyRange(values.PlaceOf(Max), min, max));
        }

        var types = values.Get(InstanceTypes, ["t3.small"]);
        var (arm, others) = (types.Where(InstanceArchitecture.IsArm).ToList(), types.Where(t => !InstanceArchitecture.IsArm(t)).ToList());
        if (arm.Count > 0 && others.Count > 0)
        {
            values.Log.Add(DistrictDiagnostics.Architectures(values.PlaceOf(InstanceTypes), arm, others));
        }

        Cluster cluster = values.Find(ExistingCluster) is { } existing
            ? new Cluster.Existing(existing)
            : new Cluster.Made(types, min, max, values.Get(Ami, "latest"), values.Get(Insights, true))
            {
                AsksForInstances = new Key[] { InstanceTypes, Min, Max, Ami }.Any(values.IsMentioned),
            };
        return cluster with { Span = values.Head };
    }
}
