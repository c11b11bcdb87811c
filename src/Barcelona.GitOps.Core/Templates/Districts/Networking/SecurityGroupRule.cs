using System.Globalization;
using System.Text.Json.Nodes;

namespace Barcelona.GitOps.Core.Templates.Districts.Networking;

/// <summary>What a rule lets through.</summary>
/// <param name="Protocol">-1: everything.</param>
internal sealed record Traffic(string Protocol, int? From, int? To)
{
    public static readonly Traffic All = new("-1", null, null);
    public static readonly Traffic Icmp = new("icmp", -1, -1);
    public static readonly Traffic AllTcp = new("tcp", 1, 65535);

    public static Traffic Tcp(int port) => new("tcp", port, port);

    public string Name =>
        this == All ? "All" : this == Icmp ? "Icmp" : From == To ? string.Create(CultureInfo.InvariantCulture, $"Tcp{From}") : "Tcp";
}

/// <summary>
/// A rule of a security group. Those for what comes in are resources of their own, so that groups may name each other; those for what goes
/// out stand in the group, because that alone surely takes away the rule that lets everything out.
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroup.html
/// </summary>
internal static class SecurityGroupRule
{
    public static KeyValuePair<string, JsonObject> From(string group, Peer peer, Traffic traffic)
    {
        var properties = Described(traffic);
        properties["GroupId"] = Cfn.GetAtt(group, "GroupId");
        properties[peer.IngressProperty] = peer.Value();
        properties["Description"] = $"From {peer.Description}";
        return new($"{group}{traffic.Name}From{peer.Name}", Cfn.Resource("AWS::EC2::SecurityGroupIngress", properties));
    }

    public static JsonObject To(Peer peer, Traffic traffic)
    {
        var rule = Described(traffic);
        rule[peer.EgressProperty] = peer.Value();
        rule["Description"] = $"To {peer.Description}";
        return rule;
    }

    private static JsonObject Described(Traffic traffic)
    {
        var rule = new JsonObject { ["IpProtocol"] = traffic.Protocol };
        if (traffic is { From: { } from, To: { } to })
        {
            rule["FromPort"] = from;
            rule["ToPort"] = to;
        }

        return rule;
    }
}

/// <summary>The other side of a rule.</summary>
/// <param name="Name">For the rule's logical id.</param>
/// <param name="Description">For people: security groups are read in the console.</param>
internal sealed record Peer(string Name, string Description, Func<JsonNode> Value)
{
    public static readonly Peer Anywhere = new("Anywhere", "anywhere", () => "0.0.0.0/0");
    public static readonly Peer AnywhereIpv6 = new("AnywhereIpv6", "anywhere, IPv6", () => "::/0") { IsIpv6 = true };

    public static Peer Network(MadeNetwork network) => new("Network", "the network", () => network.Block.ToString());

    public static Peer Group(string group, string description) => new(group, description, () => Cfn.GetAtt(group, "GroupId")) { IsGroup = true };

    private bool IsGroup { get; init; }

    private bool IsIpv6 { get; init; }

    public string IngressProperty => IsGroup ? "SourceSecurityGroupId" : IsIpv6 ? "CidrIpv6" : "CidrIp";

    public string EgressProperty => IsGroup ? "DestinationSecurityGroupId" : IsIpv6 ? "CidrIpv6" : "CidrIp";
}
