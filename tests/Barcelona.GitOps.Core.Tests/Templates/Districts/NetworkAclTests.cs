using System.Text.Json.Nodes;

namespace Barcelona.GitOps.Core.Tests.Templates.Districts;

/// <summary>Every entry of every network ACL. What is not in a table here is refused, also by this test.</summary>
public sealed class NetworkAclTests
{
    private static readonly string[] Ipv4 =
    [
        "in 101 allow tcp 80 from 0.0.0.0/0",
        "in 102 allow tcp 443 from 0.0.0.0/0",
        "in 103 allow tcp 1024-65535 from 0.0.0.0/0",
        "in 104 allow udp 1024-65535 from 0.0.0.0/0",
        "in 105 allow udp 123 from 0.0.0.0/0",
        "in 200 allow icmp -1/-1 from 0.0.0.0/0",
        "out 100 allow all to 0.0.0.0/0",
    ];

    private static readonly string[] Ipv6 =
    [
        "in 111 allow tcp 80 from ::/0",
        "in 112 allow tcp 443 from ::/0",
        "in 113 allow tcp 1024-65535 from ::/0",
        "in 114 allow udp 1024-65535 from ::/0",
        "in 115 allow udp 123 from ::/0",
        "in 210 allow icmpv6 -1/-1 from ::/0",
        "out 110 allow all to ::/0",
    ];

    /// <summary>Git over SSH from a private subnet, on its way through the NAT.</summary>
    private const string Ssh = "PublicNetworkAcl in 100 allow tcp 22 from 10.0.0.0/16";

    [Theory]
    [InlineData("network: {zones: 2}", false)]
    [InlineData("network: {zones: 3, nat_type: instance}", false)]
    [InlineData("network: {zones: 3, nat_type: none, ipv6: true}", true)]
    public void Both_kinds_of_subnets_have_these_entries_and_public_ones_let_the_networks_own_ssh_through(string keys, bool ipv6)
    {
        var template = DistrictExample.Template(DistrictExample.With(keys));

        var expected = ipv6 ? Ipv4.Concat(Ipv6) : Ipv4;
        Assert.Equal(
            new[] { "PrivateNetworkAcl", "PublicNetworkAcl" }.SelectMany(acl => expected.Select(e => $"{acl} {e}")).Append(Ssh).Order(StringComparer.Ordinal),
            DistrictExample.Resources(template).Where(r => r.Type == "AWS::EC2::NetworkAclEntry").Select(r => Words(r.Properties))
                .Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Every_subnet_has_its_list(int zones)
    {
        var template = DistrictExample.Template(DistrictExample.With($$"""network: {zones: {{zones}}}"""));

        Assert.Equal(
            new[] { "Private", "Public" }.SelectMany(tier => Enumerable.Range(1, zones).Select(n => $"{tier}Subnet{n} {tier}NetworkAcl")),
            DistrictExample.Resources(template).Where(r => r.Type == "AWS::EC2::SubnetNetworkAclAssociation")
                .Select(r => $"{r.Properties["SubnetId"]?["Ref"]} {r.Properties["NetworkAclId"]?["Ref"]}").Order(StringComparer.Ordinal));
    }

    private static string Words(JsonObject entry)
    {
        var (egress, block) = (entry["Egress"]?.GetValue<bool>() == true, entry["CidrBlock"] ?? entry["Ipv6CidrBlock"]);
        return $"{entry["NetworkAclId"]?["Ref"]} {(egress ? "out" : "in")} {entry["RuleNumber"]} {entry["RuleAction"]} "
            + $"{Traffic(entry)} {(egress ? "to" : "from")} {block}";
    }

    private static string Traffic(JsonObject entry) => entry["Protocol"]?.GetValue<int>() switch
    {
        -1 => "all",
        1 => $"icmp {entry["Icmp"]?["Type"]}/{entry["Icmp"]?["Code"]}",
        58 => $"icmpv6 {entry["Icmp"]?["Type"]}/{entry["Icmp"]?["Code"]}",
        6 => $"tcp {Ports(entry)}",
        17 => $"udp {Ports(entry)}",
        var other => $"protocol {other}",
    };

    private static string Ports(JsonObject entry) =>
        (entry["PortRange"]?["From"]?.GetValue<int>(), entry["PortRange"]?["To"]?.GetValue<int>()) is var (from, to) && from == to
            ? $"{from}"
            : $"{from}-{to}";
}
