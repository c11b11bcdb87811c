using System.Text.Json.Nodes;

namespace Barcelona.GitOps.Core.Templates.Districts.Networking;

/// <summary>The VPC with its names and its ways out.</summary>
internal static class VpcResources
{
    private const string InternetGateway = "InternetGateway";
    private const string DhcpOptions = "DhcpOptions";
    private const string Zone = "PrivateZone";

    /// <summary>The private zone's name, as the original's: applications have it in their configuration.</summary>
    private const string ZoneName = "bcn";

    public static TemplatePart Of(MadeNetwork network) => new()
    {
        Resources = [.. Vpc(network), .. Names(network), .. network.Made.Ipv6 ? Ipv6() : []],
        Outputs =
        [
            new(DistrictStackKeys.VpcOutput, MadeNetwork.VpcId()),
            new(DistrictStackKeys.PrivateZoneOutput, Cfn.Ref(Zone)),
        ],
    };

    private static IEnumerable<KeyValuePair<string, JsonObject>> Vpc(MadeNetwork network)
    {
        yield return new(NetworkReferences.Vpc, Cfn.Resource("AWS::EC2::VPC", new()
        {
            ["CidrBlock"] = network.Block.ToString(),
            ["EnableDnsSupport"] = true,
            ["EnableDnsHostnames"] = true,
            ["Tags"] = network.Context.Named("vpc"),
        }));
        yield return new(InternetGateway, Cfn.Resource("AWS::EC2::InternetGateway", new() { ["Tags"] = network.Context.Named("internet-gateway") }));
        yield return new(MadeNetwork.InternetGatewayAttachment, Cfn.Resource("AWS::EC2::VPCGatewayAttachment", new()
        {
            ["VpcId"] = MadeNetwork.VpcId(),
            ["InternetGatewayId"] = Cfn.Ref(InternetGateway),
        }));
    }

    private static IEnumerable<KeyValuePair<string, JsonObject>> Names(MadeNetwork network)
    {
        yield return new(DhcpOptions, Cfn.Resource("AWS::EC2::DHCPOptions", new()
        {
            ["DomainName"] = $"{OwnDomain(network.Context.District.Region)} {ZoneName}",
            ["DomainNameServers"] = new JsonArray("AmazonProvidedDNS"),
            ["Tags"] = network.Context.Named("dhcp-options"),
        }));
        yield return new("DhcpOptionsAssociation", Cfn.Resource("AWS::EC2::VPCDHCPOptionsAssociation", new()
        {
            ["VpcId"] = MadeNetwork.VpcId(),
            ["DhcpOptionsId"] = Cfn.Ref(DhcpOptions),
        }));
        yield return new(Zone, Cfn.Resource("AWS::Route53::HostedZone", new()
        {
            ["Name"] = ZoneName,
            ["HostedZoneConfig"] = new JsonObject { ["Comment"] = $"Internal names of Barcelona's district {network.Context.District.Name}" },
            ["VPCs"] = new JsonArray(new JsonObject { ["VPCId"] = MadeNetwork.VpcId(), ["VPCRegion"] = Cfn.Ref("AWS::Region") }),
        }));
    }

    private static IEnumerable<KeyValuePair<string, JsonObject>> Ipv6()
    {
        yield return new(MadeNetwork.Ipv6Block, Cfn.Resource("AWS::EC2::VPCCidrBlock", new()
        {
            ["VpcId"] = MadeNetwork.VpcId(),
            ["AmazonProvidedIpv6CidrBlock"] = true,
        }));
        yield return new(
            MadeNetwork.EgressOnlyGateway, Cfn.Resource("AWS::EC2::EgressOnlyInternetGateway", new() { ["VpcId"] = MadeNetwork.VpcId() }));
    }

    /// <summary>https://docs.aws.amazon.com/vpc/latest/userguide/vpc-dns.html: the oldest region has a name of its own.</summary>
    private static string OwnDomain(string region) => region == "us-east-1" ? "ec2.internal" : $"{region}.compute.internal";

    /// <summary>For routes out of the public subnets.</summary>
    public static JsonObject InternetGatewayId() => Cfn.Ref(InternetGateway);
}
