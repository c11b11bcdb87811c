using System.Globalization;
using Barcelona.GitOps.Core.Manifest;

namespace Barcelona.GitOps.Core.Templates.Ports;

/// <summary>Logical ids of what leads to a service's ports: <c>PublicBalancerChat</c>, <c>PublicPort5222TcpChat</c>.</summary>
internal sealed class PortIds(string service, bool isPublic)
{
    private readonly string _scheme = isPublic ? "Public" : "Private";

    public string Balancer => LogicalIds.OfService($"{_scheme}Balancer", service);

    public string Group => LogicalIds.OfService($"{_scheme}Group", service);

    public string WayIn => LogicalIds.OfService($"{_scheme}WayIn", service);

    public string Listener(PortMapping mapping) => LogicalIds.OfService($"{_scheme}Port{Port(mapping)}", service);

    public string Targets(PortMapping mapping) => LogicalIds.OfService($"{_scheme}Targets{Port(mapping)}", service);

    /// <summary>A port speaks one protocol at a time: what changes it is another listener.</summary>
    private static string Port(PortMapping mapping) => mapping.LbPort.ToString(CultureInfo.InvariantCulture) + (mapping.IsUdp ? "Udp" : "Tcp");
}
