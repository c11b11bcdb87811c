using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Barcelona.GitOps.Core.Templates.Districts.Networking;

/// <summary>
/// One list for the public and one for the private subnets, with the original's rules and their numbers, less SSH from anywhere. They look at
/// packets, not at connections: the high ports are what answers come back to.
/// </summary>
internal static class NetworkAcls
{
    private const int Tcp = 6, Udp = 17, Icmp = 1, IcmpV6 = 58, All = -1;

    /// <summary>The IPv6 twin of a rule comes ten numbers later.</summary>
    private const int Ipv6Offset = 10;

    private static readonly ImmutableArray<Entry> Inbound =
    [
        new(101, Tcp, new(80, 80)),
        new(102, Tcp, new(443, 443)),
        new(103, Tcp, new(1024, 65535)),
        new(104, Udp, new(1024, 65535)),
        new(105, Udp, new(123, 123)),
        new(200, Icmp, null),
    ];

    /// <summary>Git over SSH from private subnets comes into the public one on its way out, through the NAT there.</summary>
    private static readonly Entry SshOnItsWayOut = new(100, Tcp, new(22, 22)) { IsFromVpc = true };

    private static readonly Entry Outbound = new(100, All, null) { IsEgress = true };

    public static TemplatePart Of(MadeNetwork network) => new()
    {
        Resources = [.. network.Tiers.SelectMany(tier => Acl(network, tier))],
    };

    private static IEnumerable<KeyValuePair<string, JsonObject>> Acl(MadeNetwork network, Tier tier)
    {
        yield return new(tier.NetworkAcl, Cfn.Resource("AWS::EC2::NetworkAcl", new()
        {
            ["VpcId"] = MadeNetwork.VpcId(),
            ["Tags"] = network.Context.Named(tier.IsPublic ? "public" : "private"),
        }));
        foreach (var entry in Entries(network, tier))
        {
            yield return new($"{tier.NetworkAcl}{(entry.IsEgress ? "Out" : "In")}{entry.Number}", entry.Of(tier, network.Block.ToString()));
        }

        foreach (var zone in network.Zones)
        {
            yield return new($"{tier.NetworkAcl}Association{zone}", Cfn.Resource("AWS::EC2::SubnetNetworkAclAssociation", new()
            {
                ["SubnetId"] = Cfn.Ref(tier.Subnet(zone)),
                ["NetworkAclId"] = Cfn.Ref(tier.NetworkAcl),
            }));
        }
    }

    private static IEnumerable<Entry> Entries(MadeNetwork network, Tier tier) =>
    [
        .. tier.IsPublic ? [SshOnItsWayOut] : Array.Empty<Entry>(),
        .. Inbound.Append(Outbound).SelectMany(e => network.Made.Ipv6 ? new[] { e, e.ForIpv6() } : [e]),
    ];

    private sealed record PortRange(int From, int To);

    /// <param name="Kind">The protocol's number.</param>
    private sealed record Entry(int Number, int Kind, PortRange? Ports)
    {
        public bool IsEgress { get; init; }

        public bool IsFromVpc { get; init; }

        private bool IsIpv6 { get; init; }

        public Entry ForIpv6() => this with { Number = Number + Ipv6Offset, Kind = Kind == Icmp ? IcmpV6 : Kind, IsIpv6 = true };

        public JsonObject Of(Tier tier, string vpc)
        {
            var properties = new JsonObject
            {
                ["NetworkAclId"] = Cfn.Ref(tier.NetworkAcl),
                ["RuleNumber"] = Number,
                ["Protocol"] = Kind,
                ["RuleAction"] = "allow",
                ["Egress"] = IsEgress,
                [IsIpv6 ? "Ipv6CidrBlock" : "CidrBlock"] = IsIpv6 ? "::/0" : IsFromVpc ? vpc : "0.0.0.0/0",
            };
            if (Ports is { } ports)
            {
                properties["PortRange"] = new JsonObject { ["From"] = ports.From, ["To"] = ports.To };
            }
            else if (Kind != All)
            {
                properties["Icmp"] = new JsonObject { ["Type"] = -1, ["Code"] = -1 };
            }

            return Cfn.Resource("AWS::EC2::NetworkAclEntry", properties);
        }
    }
}
