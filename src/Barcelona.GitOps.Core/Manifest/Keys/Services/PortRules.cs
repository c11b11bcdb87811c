using System.Globalization;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Shapes;

namespace Barcelona.GitOps.Core.Manifest.Keys.Services;

/// <summary>Rules of a service's port mappings together.</summary>
internal static class PortRules
{
    public static void Check(ServiceManifest service, MapValues values)
    {
        var mappings = service.PortMappings;
        if (mappings.IsEmpty)
        {
            return;
        }

        Once(mappings.Select(m => (m, Text($"The load balancer's port {m.LbPort}"))), values.Log);
        Once(mappings.Where(m => m.HostPort is not null).Select(m => (m, Text($"The host_port {m.HostPort}"))), values.Log);
        foreach (var mixed in mappings.GroupBy(m => m.ContainerPort).Where(g => g.Select(m => m.IsUdp).Distinct().Count() > 1))
        {
            var (first, other) = (mixed.First(), mixed.First(m => m.IsUdp != mixed.First().IsUdp));
            values.Log.Add(PortDiagnostics.Twice(other.Span, Text($"The container_port {mixed.Key}, for tcp and udp,"), first.Span.Line));
        }

        if (service.Listeners.Length + mappings.Length is > PortDiagnostics.MostBalanced and var count)
        {
            values.Log.Add(PortDiagnostics.TooMany(values.PlaceOf(ServiceKeys.PortMappings), service.Name.Value, count));
        }

        if (mappings.FirstOrDefault(m => m.IsUdp) is { } udp && mappings.All(m => m.IsUdp))
        {
            values.Log.Add(PortDiagnostics.Unchecked(udp.Span, service.Name.Value));
        }

        foreach (var mapping in mappings.Where(m => m.SaysWhoCalls))
        {
            values.Log.Add(PortDiagnostics.ProxyVersion(mapping.Span));
        }
    }

    private static void Once(IEnumerable<(PortMapping Mapping, string What)> uses, DiagnosticLog log)
    {
        foreach (var same in uses.GroupBy(u => u.What, u => u.Mapping, StringComparer.Ordinal))
        {
            foreach (var again in same.Skip(1))
            {
                log.Add(PortDiagnostics.Twice(again.Span, same.Key, same.First().Span.Line));
            }
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
