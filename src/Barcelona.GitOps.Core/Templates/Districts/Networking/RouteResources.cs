using System.Text.Json.Nodes;
using Barcelona.GitOps.Core.Districts;

namespace Barcelona.GitOps.Core.Templates.Districts.Networking;

/// <summary>
/// A route table for each subnet. The default route keeps its logical id whatever NAT there is, so that another kind of NAT is an update of
/// the route and not a time without one.
/// </summary>
internal static class RouteResources
{
    private const string Anywhere = "0.0.0.0/0", AnywhereIpv6 = "::/0";

    public static TemplatePart Of(MadeNetwork network) => new()
    {
        Resources =
        [
            .. network.Tiers.SelectMany(tier => network.Zones.SelectMany(zone => Table(network, tier, zone))),
            .. network.Zones.SelectMany(zone => PublicRoutes(network, zone)),
            .. network.Zones.SelectMany(zone => PrivateRoutes(network, zone)),
        ],
    };

    private static IEnumerable<KeyValuePair<string, JsonObject>> Table(MadeNetwork network, Tier tier, int zone)
    {
        yield return new(tier.RouteTable(zone), Cfn.Resource("AWS::EC2::RouteTable", new()
        {
            ["VpcId"] = MadeNetwork.VpcId(),
            ["Tags"] = network.Context.Named(tier.Label(zone)),
        }));
        yield return new($"{tier.RouteTable(zone)}Association", Cfn.Resource("AWS::EC2::SubnetRouteTableAssociation", new()
        {
            ["SubnetId"] = Cfn.Ref(tier.Subnet(zone)),
            ["RouteTableId"] = Cfn.Ref(tier.RouteTable(zone)),
        }));
    }

    private static IEnumerable<KeyValuePair<string, JsonObject>> PublicRoutes(MadeNetwork network, int zone)
    {
        yield return new(NetworkReferences.PublicRoute(zone), Outward(Tier.Public, zone, new("GatewayId", VpcResources.InternetGatewayId())));
        if (network.Made.Ipv6)
        {
            yield return new($"{NetworkReferences.PublicRoute(zone)}Ipv6",
                OutwardIpv6(Tier.Public, zone, new("GatewayId", VpcResources.InternetGatewayId())));
        }
    }

    private static IEnumerable<KeyValuePair<string, JsonObject>> PrivateRoutes(MadeNetwork network, int zone)
    {
        if (ThroughNat(network, zone) is { } nat)
        {
            yield return new(NetworkReferences.PrivateRoute(zone), Outward(Tier.Private, zone, nat));
        }

        if (network.Made.Ipv6)
        {
            yield return new($"{NetworkReferences.PrivateRoute(zone)}Ipv6",
                OutwardIpv6(Tier.Private, zone, new("EgressOnlyInternetGatewayId", Cfn.Ref(MadeNetwork.EgressOnlyGateway))));
        }
    }

    private static KeyValuePair<string, JsonNode?>? ThroughNat(MadeNetwork network, int zone) => network.Made.NatType switch
    {
        NatType.Instance => new("InstanceId", Cfn.Ref(NatInstance.Id)),
        NatType.ManagedGateway => new("NatGatewayId", Cfn.Ref(NatGateways.Id(1))),
        NatType.ManagedGatewayMultiAz => new("NatGatewayId", Cfn.Ref(NatGateways.Id(zone))),
        NatType.None => null,
        _ => throw new InvalidOperationException($"No NAT is known as {network.Made.NatType}."),
    };

    private static JsonObject Outward(Tier tier, int zone, KeyValuePair<string, JsonNode?> target) =>
        Route(tier, zone, new("DestinationCidrBlock", Anywhere), target);

    private static JsonObject OutwardIpv6(Tier tier, int zone, KeyValuePair<string, JsonNode?> target) =>
        Route(tier, zone, new("DestinationIpv6CidrBlock", AnywhereIpv6), target);

    private static JsonObject Route(Tier tier, int zone, params ReadOnlySpan<KeyValuePair<string, JsonNode?>> towards)
    {
        var properties = new JsonObject { ["RouteTableId"] = Cfn.Ref(tier.RouteTable(zone)) };
        foreach (var (name, value) in towards)
        {
            properties[name] = value;
        }

        var route = Cfn.Resource("AWS::EC2::Route", properties);
        if (properties.ContainsKey("GatewayId"))
        {
            // A route to a gateway that is not attached yet is refused.
            route["DependsOn"] = MadeNetwork.InternetGatewayAttachment;
        }

        return route;
    }
}
