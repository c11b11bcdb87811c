using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Barcelona.GitOps.Core.Districts;

namespace Barcelona.GitOps.Core.Templates.Districts.Networking;

/// <summary>A network that is made, with how its block is cut and what its pieces are called.</summary>
internal sealed class MadeNetwork(DistrictContext context, Network.Made made)
{
    public const string InternetGatewayAttachment = "InternetGatewayAttachment";
    public const string Ipv6Block = "Ipv6Block";
    public const string EgressOnlyGateway = "EgressOnlyGateway";

    /// <summary>Eight parts: three zones of each tier, and two that stay free for what somebody adds by hand.</summary>
    private const int Parts = 8;

    public DistrictContext Context { get; } = context;

    public Network.Made Made { get; } = made;

    public Cidr Block { get; } = Cidr.Parse(made.CidrBlock);

    /// <summary>Numbers of the zones, from 1.</summary>
    public ImmutableArray<int> Zones { get; } = [.. Enumerable.Range(1, made.Zones)];

    public ImmutableArray<Tier> Tiers { get; } = [Tier.Public, Tier.Private];

    public static JsonObject VpcId() => Cfn.Ref(NetworkReferences.Vpc);

    public static JsonObject ZoneName(int zone) => Cfn.Select(zone - 1, Cfn.Ref(DistrictStackKeys.ZonesParameter));

    public string BlockOf(Tier tier, int zone) => Block.Part(PartOf(tier, zone), Parts).ToString();

    /// <summary>The same part of the /56 that Amazon gives: a /64, as IPv6 subnets must be.</summary>
    public static JsonObject Ipv6BlockOf(Tier tier, int zone) => Cfn.Select(
        PartOf(tier, zone),
        new JsonObject { ["Fn::Cidr"] = new JsonArray(Cfn.Select(0, Cfn.GetAtt(NetworkReferences.Vpc, "Ipv6CidrBlocks")), Parts, 64) });

    /// <summary>All route tables, public and private.</summary>
    public IEnumerable<string> RouteTables => Tiers.SelectMany(tier => Zones.Select(tier.RouteTable));

    // The file's growing from two zones to three leaves the other subnets where they are.
    private static int PartOf(Tier tier, int zone) => zone - 1 + (tier.IsPublic ? Parts / 2 : 0);
}

/// <summary>Subnets of one kind, one in each zone: those with a way in from the internet, and those without.</summary>
internal sealed class Tier
{
    public static readonly Tier Public = new("Public");
    public static readonly Tier Private = new("Private");

    private Tier(string name) => Name = name;

    /// <summary>Also the value of the tag <c>Network</c>, by which the original and its plugins find subnets.</summary>
    public string Name { get; }

    public bool IsPublic => this == Public;

    public string NetworkAcl => $"{Name}NetworkAcl";

    public string Subnet(int zone) => IsPublic ? NetworkReferences.PublicSubnet(zone) : NetworkReferences.PrivateSubnet(zone);

    public string RouteTable(int zone) => $"{Name}RouteTable{zone}";

    /// <summary>For the console: <c>public-1</c>.</summary>
    public string Label(int zone) => $"{(IsPublic ? "public" : "private")}-{zone}";
}
