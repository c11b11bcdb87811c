using System.Collections.Immutable;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Manifest.Keys;
using Barcelona.GitOps.Core.Shapes;
using Barcelona.GitOps.Core.Shapes.Scalars;

namespace Barcelona.GitOps.Core.Districts.Keys;

/// <summary><c>endpoints</c> of a district.</summary>
internal static class EndpointKeys
{
    private static readonly Key<bool> Public = new("public", new FlagShape(), "Reachable from the internet.") { Default = false };
    private static readonly Key<string> Domain =
        new("domain", DistrictTexts.DnsName, "The endpoint's host name; certificate and DNS record are made for it.");
    private static readonly Key<string> HostedZone = new("hosted_zone", Texts.NotEmpty, "The Route 53 zone of the domain, in the same account.");
    private static readonly Key<string> CertificateArn = new("certificate_arn", DistrictTexts.CertificateArn, "A certificate of your own.");

    private static readonly Key<SslPolicy> Policy = new("ssl_policy", new ChoiceShape<SslPolicy>(
        ("old", SslPolicy.Old), ("intermediate", SslPolicy.Intermediate), ("modern", SslPolicy.Modern)), "Which TLS versions and ciphers.")
    { Default = "intermediate" };

    private static readonly Key<string> HttpListener =
        new("http_listener_arn", DistrictTexts.ListenerArn, "Listener for HTTP.") { IsRequired = true };
    private static readonly Key<string> HttpsListener = new("https_listener_arn", DistrictTexts.ListenerArn, "Listener for HTTPS.");
    private static readonly Key<string> DnsName = new("dns_name", DistrictTexts.DnsName, "Where the load balancer answers.") { IsRequired = true };

    private static readonly Key<ExistingEndpoint> Existing = new("existing", new MapShape<ExistingEndpoint>("an existing endpoint",
        [HttpListener, HttpsListener, DnsName], values => new(values.Get(HttpListener, ""), values.Find(HttpsListener), values.Get(DnsName, ""))),
        "A load balancer that somebody else made.");

    public static readonly Shape<ImmutableArray<Endpoint>> Endpoints = new EntriesShape<Endpoint>(Texts.Name,
        new MapShape<Endpoint>("an endpoint", [Public, Domain, HostedZone, CertificateArn, Policy, Existing], Bind))
        .Select((entries, _, _) => entries.Select(e => e.Value with { Name = e.Name.Value, Span = e.Name.Span }).ToImmutableArray());

    private static Endpoint Bind(MapValues values)
    {
        ExistingOr.Check(values, Existing, [Domain, HostedZone, CertificateArn, Policy]);
        if (values.IsMentioned(Domain) != values.IsMentioned(HostedZone))
        {
            values.Log.Add(DistrictDiagnostics.Certificate(
                values.PlaceOf(values.IsMentioned(Domain) ? Domain : HostedZone), "'domain' and 'hosted_zone' belong together."));
        }

        if (values.IsMentioned(Domain) && values.IsMentioned(CertificateArn))
        {
            values.Log.Add(
                DistrictDiagnostics.Certificate(values.PlaceOf(CertificateArn), "'domain' gets its own certificate; 'certificate_arn' excludes it."));
        }

        return new()
        {
            Name = "",
            Public = values.Get(Public, false),
            Domain = values.Find(Domain),
            HostedZone = values.Find(HostedZone),
            CertificateArn = values.Find(CertificateArn),
            SslPolicy = values.Get(Policy, SslPolicy.Intermediate),
            Existing = values.Find(Existing),
            Span = values.Head,
        };
    }
}
