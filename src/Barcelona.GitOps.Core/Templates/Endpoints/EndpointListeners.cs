using System.Text.Json.Nodes;
using Barcelona.GitOps.Core.Districts;
using Barcelona.GitOps.Core.Templates.Districts;

namespace Barcelona.GitOps.Core.Templates.Endpoints;

/// <summary>HTTP always; HTTPS with a certificate, given or made for the domain.</summary>
internal static class EndpointListeners
{
    public const string Balancer = "LoadBalancer";

    private const string Http = "HttpListener";
    private const string Https = "HttpsListener";
    private const string Certificate = "Certificate";

    public static TemplatePart Of(Endpoint endpoint)
    {
        var part = new TemplatePart
        {
            Resources = [new(Http, Listener("HTTP", 80))],
            Outputs = [new(DistrictStackKeys.HttpListenerOutput, Cfn.Ref(Http))],
        };
        if (CertificateOf(endpoint) is not { } certificate)
        {
            return part;
        }

        var https = Listener("HTTPS", 443, new()
        {
            ["Certificates"] = new JsonArray(new JsonObject { ["CertificateArn"] = certificate }),
            ["SslPolicy"] = PolicyName(endpoint.SslPolicy),
        });
        return part with
        {
            Resources = [.. part.Resources, new(Https, https)],
            Outputs = [.. part.Outputs, new(DistrictStackKeys.HttpsListenerOutput, Cfn.Ref(Https))],
        };
    }

    /// <summary>Its proof is a record that CloudFormation writes: without the zone at hand the stack would hang.</summary>
    public static KeyValuePair<string, JsonObject> Proven(string domain, string zone) =>
        new(Certificate, Cfn.Resource("AWS::CertificateManager::Certificate", new()
        {
            ["DomainName"] = domain,
            ["ValidationMethod"] = "DNS",
            ["DomainValidationOptions"] = new JsonArray(new JsonObject { ["DomainName"] = domain, ["HostedZoneId"] = zone }),
        }));

    private static JsonNode? CertificateOf(Endpoint endpoint) => endpoint switch
    {
        { Domain: not null, HostedZone: not null } => Cfn.Ref(Certificate),
        { CertificateArn: { } arn } => arn,
        _ => null,
    };

    private static JsonObject Listener(string protocol, int port, JsonObject? more = null)
    {
        var properties = more ?? [];
        properties["LoadBalancerArn"] = Cfn.Ref(Balancer);
        properties["Protocol"] = protocol;
        properties["Port"] = port;
        properties["DefaultActions"] = new JsonArray(new JsonObject
        {
            ["Type"] = "fixed-response",
            ["FixedResponseConfig"] = new JsonObject { ["StatusCode"] = "404", ["ContentType"] = "text/plain", ["MessageBody"] = "Not found" },
        });
        return Cfn.Resource("AWS::ElasticLoadBalancingV2::Listener", properties);
    }

    /// <summary>
    /// The words are Mozilla's: from TLS 1.0 for what is old, 1.2 and 1.3, 1.3 alone.
    /// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
    /// </summary>
    private static string PolicyName(SslPolicy policy) => policy switch
    {
        SslPolicy.Old => "ELBSecurityPolicy-TLS13-1-0-2021-06",
        SslPolicy.Intermediate => "ELBSecurityPolicy-TLS13-1-2-2021-06",
        SslPolicy.Modern => "ELBSecurityPolicy-TLS13-1-3-2021-06",
        _ => throw new ArgumentOutOfRangeException(nameof(policy)),
    };
}
