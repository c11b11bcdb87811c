using System.Text.Json.Nodes;
using Barcelona.GitOps.Core.Districts;

namespace Barcelona.GitOps.Core.Templates.Districts.Networking;

/// <summary>
/// AWS services reached inside the network: S3 always, because the way costs nothing and image layers come from there; the others on request.
/// </summary>
internal static class ServiceEndpoints
{
    public static TemplatePart Of(MadeNetwork network) => new()
    {
        Resources =
        [
            new("ServiceEndpointS3", Cfn.Resource("AWS::EC2::VPCEndpoint", new()
            {
                ["VpcId"] = MadeNetwork.VpcId(),
                ["VpcEndpointType"] = "Gateway",
                ["ServiceName"] = ServiceName("s3"),
                ["RouteTableIds"] = new JsonArray([.. network.RouteTables.Select(Cfn.Ref)]),
            })),
            .. network.Made.InterfaceEndpoints.Distinct().SelectMany(word => InterfaceEndpoints.Services[word]).Select(s => Interface(network, s)),
        ],
    };

    private static KeyValuePair<string, JsonObject> Interface(MadeNetwork network, string service) =>
        new(LogicalId(service), Cfn.Resource("AWS::EC2::VPCEndpoint", new()
        {
            ["VpcId"] = MadeNetwork.VpcId(),
            ["VpcEndpointType"] = "Interface",
            ["ServiceName"] = ServiceName(service),
            ["PrivateDnsEnabled"] = true,
            ["SubnetIds"] = new JsonArray([.. network.Zones.Select(zone => Cfn.Ref(Tier.Private.Subnet(zone)))]),
            ["SecurityGroupIds"] = new JsonArray(Cfn.GetAtt(SecurityGroups.ServiceEndpoints, "GroupId")),
        }));

    /// <summary><c>ecs-agent</c> is <c>ServiceEndpointEcsAgent</c>.</summary>
    private static string LogicalId(string service) =>
        "ServiceEndpoint" + string.Concat(service.Split('.', '-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    private static JsonObject ServiceName(string service) => Cfn.Sub($"com.amazonaws.${{AWS::Region}}.{service}");
}
