using System.Text.Json.Nodes;
using Barcelona.GitOps.Core.Districts;
using Barcelona.GitOps.Core.Templates.Districts;

namespace Barcelona.GitOps.Core.Templates.Endpoints;

/// <summary>The names of an endpoint: its domain, with the certificate for it, and the one inside the district's network.</summary>
internal static class EndpointRecords
{
    /// <summary>Seconds, as in the original.</summary>
    private const string TimeToLive = "300";

    /// <summary>Inside the network everything has an IPv4 address, so that an internal balancer needs no other.</summary>
    public static bool HasIpv6(EndpointInputs inputs) => inputs.Endpoint.Public && inputs.District.Network is Network.Made { Ipv6: true };

    public static TemplatePart Of(EndpointInputs inputs, JsonNode? privateZone) => new()
    {
        Resources = [.. OfDomain(inputs), .. privateZone is null ? [] : new[] { OfPrivateZone(inputs, privateZone) }],
    };

    private static IEnumerable<KeyValuePair<string, JsonObject>> OfDomain(EndpointInputs inputs)
    {
        if (inputs.Endpoint is not { Domain: { } domain, HostedZone: { } zone })
        {
            yield break;
        }

        yield return EndpointListeners.Proven(domain, zone);
        yield return new("Record", Alias("A", domain, zone));
        if (HasIpv6(inputs))
        {
            yield return new("Ipv6Record", Alias("AAAA", domain, zone));
        }
    }

    private static JsonObject Alias(string type, string domain, string zone) => Cfn.Resource("AWS::Route53::RecordSet", new()
    {
        ["HostedZoneId"] = zone,
        ["Name"] = domain,
        ["Type"] = type,
        ["AliasTarget"] = new JsonObject
        {
            ["DNSName"] = Cfn.GetAtt(EndpointListeners.Balancer, "DNSName"),
            ["HostedZoneId"] = Cfn.GetAtt(EndpointListeners.Balancer, "CanonicalHostedZoneID"),
        },
    });

    /// <summary>Below the zone's top a plain CNAME does what an alias would.</summary>
    private static KeyValuePair<string, JsonObject> OfPrivateZone(EndpointInputs inputs, JsonNode zone) =>
        new("PrivateRecord", Cfn.Resource("AWS::Route53::RecordSet", new()
        {
            ["HostedZoneId"] = zone,
            ["Name"] = $"{inputs.Endpoint.Name}.endpoint.{inputs.District.Name}.bcn",
            ["Type"] = "CNAME",
            ["TTL"] = TimeToLive,
            ["ResourceRecords"] = new JsonArray(Cfn.GetAtt(EndpointListeners.Balancer, "DNSName")),
        }));
}
