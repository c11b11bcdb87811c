using System.Text.Json.Nodes;
using Barcelona.GitOps.Core.Districts;

namespace Barcelona.GitOps.Core.Templates.Districts.Networking;

/// <summary>
/// Managed NAT: one gateway for all zones, or one in each. Their addresses are kept when they go: partners have them in their firewalls, and
/// an address given back never returns. Who no longer wants one releases it.
/// </summary>
internal static class NatGateways
{
    public static TemplatePart Of(MadeNetwork network)
    {
        var gateways = Enumerable.Range(1, network.Made.NatType == NatType.ManagedGatewayMultiAz ? network.Made.Zones : 1).ToList();
        return new()
        {
            Resources = [.. gateways.SelectMany(n => Gateway(network, n))],
            Outputs = [new(DistrictStackKeys.NatAddressesOutput, Cfn.JoinWithComma(new JsonArray([.. gateways.Select(n => Cfn.Ref(AddressId(n)))])))],
        };
    }

    /// <param name="zone">From 1; a single gateway is in the first.</param>
    public static string Id(int zone) => $"NatGateway{zone}";

    private static string AddressId(int zone) => $"NatGatewayAddress{zone}";

    private static IEnumerable<KeyValuePair<string, JsonObject>> Gateway(MadeNetwork network, int zone)
    {
        yield return new(AddressId(zone), NatAddress.Of(new() { ["Tags"] = network.Context.Named($"nat-{zone}") }));
        var gateway = Cfn.Resource("AWS::EC2::NatGateway", new()
        {
            ["AllocationId"] = Cfn.GetAtt(AddressId(zone), "AllocationId"),
            ["SubnetId"] = Cfn.Ref(Tier.Public.Subnet(zone)),
            ["Tags"] = network.Context.Named($"nat-{zone}"),
        });
        gateway["DependsOn"] = MadeNetwork.InternetGatewayAttachment;
        yield return new(Id(zone), gateway);
    }
}
