using System.Text.Json.Nodes;

namespace Barcelona.GitOps.Core.Templates.Districts.Networking;

/// <summary>A public and a private subnet in each zone.</summary>
internal static class SubnetResources
{
    private const string ListOfZones = "List<AWS::EC2::AvailabilityZone::Name>";

    public static TemplatePart Of(MadeNetwork network) => new()
    {
        Parameters =
        [
            new(DistrictStackKeys.ZonesParameter, ListOfZones, "Availability zones", string.Join(',', network.Context.Inputs.Zones)),
        ],
        Resources = [.. network.Tiers.SelectMany(tier => network.Zones.Select(zone => Subnet(network, tier, zone)))],
        Outputs =
        [
            new(DistrictStackKeys.PublicSubnetsOutput, Ids(network, Tier.Public)),
            new(DistrictStackKeys.PrivateSubnetsOutput, Ids(network, Tier.Private)),
        ],
    };

    // Public subnets give no address by themselves: what needs one asks for it.
    private static KeyValuePair<string, JsonObject> Subnet(MadeNetwork network, Tier tier, int zone)
    {
        var properties = new JsonObject
        {
            ["VpcId"] = MadeNetwork.VpcId(),
            ["CidrBlock"] = network.BlockOf(tier, zone),
            ["AvailabilityZone"] = MadeNetwork.ZoneName(zone),
            ["Tags"] = network.Context.Named(tier.Label(zone), new KeyValuePair<string, string>("Network", tier.Name)),
        };
        var subnet = Cfn.Resource("AWS::EC2::Subnet", properties);
        if (network.Made.Ipv6)
        {
            properties["Ipv6CidrBlock"] = MadeNetwork.Ipv6BlockOf(tier, zone);
            properties["AssignIpv6AddressOnCreation"] = true;

            // The VPC's attribute is empty until then, and says nothing of what fills it.
            subnet["DependsOn"] = MadeNetwork.Ipv6Block;
        }

        return new(tier.Subnet(zone), subnet);
    }

    private static JsonObject Ids(MadeNetwork network, Tier tier) =>
        Cfn.JoinWithComma(new JsonArray([.. network.Zones.Select(zone => Cfn.Ref(tier.Subnet(zone)))]));
}
