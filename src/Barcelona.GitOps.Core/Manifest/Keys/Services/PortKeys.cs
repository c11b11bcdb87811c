using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Shapes;
using Barcelona.GitOps.Core.Shapes.Scalars;

namespace Barcelona.GitOps.Core.Manifest.Keys.Services;

/// <summary>Keys of the original around ports: port mappings, hosts with certificates, the classic health check.</summary>
internal static class PortKeys
{
    private static readonly Key<int> LbPort = new("lb_port", new NumberShape(1, 65_535), "The load balancer's port; 80 and 443 for http and https.");
    private static readonly Key<int> ContainerPort = new("container_port", new NumberShape(1, 65_535), "The container's port.") { IsRequired = true };
    private static readonly Key<int> HostPort = new("host_port", new NumberShape(1024, 19_999), "The instance's port. Absent: a free one.");

    private static readonly Key<PortProtocol> Protocol = new("protocol", new ChoiceShape<PortProtocol>(
        ("tcp", PortProtocol.Tcp), ("udp", PortProtocol.Udp), ("http", PortProtocol.Http), ("https", PortProtocol.Https)), "What is spoken.")
    { Default = "tcp" };

    private static readonly Key<bool> ProxyProtocol = new("enable_proxy_protocol", new FlagShape(), "Adds the PROXY header.") { Default = false };

    public static readonly Shape<ImmutableArray<PortMapping>> PortMappings = new ListShape<PortMapping>(
        new MapShape<PortMapping>("a port mapping", [LbPort, ContainerPort, HostPort, Protocol, ProxyProtocol], values =>
        {
            var protocol = values.Get(Protocol, PortProtocol.Tcp);
            if (protocol is PortProtocol.Tcp or PortProtocol.Udp && !values.IsMentioned(LbPort))
            {
                values.Log.Add(KeyDiagnostics.MissingKey(values.Head, LbPort.Name, "a port mapping", LbPort.Description));
            }

            var lbPort = protocol switch { PortProtocol.Http => 80, PortProtocol.Https => 443, _ => values.Get(LbPort, 0) };
            return new(lbPort, values.Get(ContainerPort, 0), values.FindValue(HostPort), protocol, values.Get(ProxyProtocol, false), values.Span);
        })
        {
            Constrain = schema =>
            {
                var ports = SchemaParts.EachRequired(LbPort);
                ports.Add(Fixed());
                schema["anyOf"] = ports;
            },
        })
    { Max = 50 };

    /// <summary>What has its port by its name.</summary>
    private static JsonObject Fixed() => new()
    {
        ["required"] = new JsonArray(Protocol.Name),
        ["properties"] = new JsonObject { [Protocol.Name] = new JsonObject { ["enum"] = new JsonArray("http", "https") } },
    };

    private static readonly Key<string> Hostname = new("hostname", Texts.NotEmpty, "A host name.") { IsRequired = true };
    private static readonly Key<string> CertificatePath =
        new("ssl_cert_path", Texts.Any, "Not supported: the endpoint has the certificate.") { IsObsolete = true };
    private static readonly Key<string> KeyPath =
        new("ssl_key_path", Texts.Any, "Not supported: the endpoint has the certificate.") { IsObsolete = true };

    /// <summary>True: there are hosts.</summary>
    public static readonly Shape<bool> Hosts = new ListShape<bool>(new MapShape<bool>("a host", [Hostname, CertificatePath, KeyPath], values =>
    {
        foreach (var key in new Key[] { CertificatePath, KeyPath }.Where(values.IsMentioned).Take(1))
        {
            values.Log.Add(ServiceDiagnostics.Certificate(values.PlaceOf(key)));
        }

        return true;
    })).Select((hosts, _, _) => hosts.Length > 0);

    private static readonly Key<string> CheckProtocol = new("protocol", new ChoiceShape<string>(("tcp", "tcp")), "Only tcp.");
    private static readonly Key<int> CheckPort = new("port", new NumberShape(1, 65_535), "The port to check.");

    public static readonly Shape<bool> HealthCheck = new MapShape<bool>("health_check", [CheckProtocol, CheckPort], _ => true);
}
