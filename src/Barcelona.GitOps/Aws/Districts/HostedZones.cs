using System.Net;
using System.Xml;
using System.Xml.Linq;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Barcelona.GitOps.Aws.Districts;

/// <param name="Name">With the dot at its end: <c>example.com.</c></param>
public sealed record HostedZone(string Name, bool IsPrivate)
{
    public bool Holds(string domain) =>
        $"{domain}.".Equals(Name, StringComparison.OrdinalIgnoreCase) || $"{domain}.".EndsWith("." + Name, StringComparison.OrdinalIgnoreCase);
}

/// <summary>
/// The one question that is asked of Route 53, which speaks REST: does an account have this zone?
/// https://docs.aws.amazon.com/Route53/latest/APIReference/API_GetHostedZone.html
/// </summary>
/// <param name="region">That the service signs for: it is global, and belongs to one region of its partition.</param>
public sealed class HostedZones(AWSCredentials credentials, HttpClient http, Uri endpoint, string region)
{
    private const string Service = "route53", Zones = "/2013-04-01/hostedzone/";

    /// <returns>Null: the account has no such zone, or that is no zone's id.</returns>
    /// <exception cref="AwsUnavailableException">Route 53 does not answer.</exception>
    /// <exception cref="AwsDeniedException">The credentials lack the permission.</exception>
    public async Task<HostedZone?> GetHostedZoneAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            return Read(await AnswerAsync(id, cancellationToken).Translated(cancellationToken));
        }
        catch (AmazonServiceException none) when (none.ErrorCode is "NoSuchHostedZone" or "InvalidInput")
        {
            return null;
        }
    }

    /// <summary>
    /// The zones' endpoint of a region's partition, and the region that it signs for. https://docs.aws.amazon.com/general/latest/gr/r53.html
    /// </summary>
    internal static (Uri Endpoint, string Region) Public(string region) =>
        region.StartsWith("cn-", StringComparison.Ordinal) ? (new("https://route53.amazonaws.com.cn"), "cn-northwest-1")
        : region.StartsWith("us-gov-", StringComparison.Ordinal) ? (new("https://route53.us-gov.amazonaws.com"), "us-gov-west-1")
        : (new("https://route53.amazonaws.com"), "us-east-1");

    private async Task<string> AnswerAsync(string id, CancellationToken cancellationToken)
    {
        var request = new DefaultRequest(new ZoneRequest(), Service)
        {
            HttpMethod = "GET",
            Endpoint = endpoint,
            ResourcePath = Zones + "{Id}",
            AuthenticationRegion = region,
            OverrideSigningServiceName = Service,
        };

        // Encoded by the signer: a path that is encoded already would be signed as another one than is sent.
        request.AddPathResource("{Id}", id);
        using var message = new HttpRequestMessage(HttpMethod.Get, new Uri(endpoint, Zones + Uri.EscapeDataString(id)));
        return await new SignedCall(credentials, http, ErrorOf).SendAsync(request, message, cancellationToken);
    }

    /// <summary>As the SDK's clients throw it, so that it is told apart where all others are.</summary>
    private static AmazonServiceException ErrorOf(HttpStatusCode status, string text)
    {
        var type = status >= HttpStatusCode.InternalServerError ? ErrorType.Receiver : ErrorType.Sender;
        try
        {
            var error = XDocument.Parse(text);
            return new(Value(error, "Message"), type, Value(error, "Code"), Value(error, "RequestId"), status);
        }
        catch (XmlException)
        {
            // Something on the way answered in Route 53's place.
            return new(text, type, "", "", status);
        }
    }

    private static HostedZone Read(string xml)
    {
        var zone = XDocument.Parse(xml).Descendants().First(e => e.Name.LocalName == "HostedZone");
        return new(Value(zone, "Name"), Value(zone, "PrivateZone") == "true");
    }

    private static string Value(XContainer within, string name) =>
        within.Descendants().FirstOrDefault(e => e.Name.LocalName == name)?.Value ?? "";

    private sealed class ZoneRequest : AmazonWebServiceRequest;
}
