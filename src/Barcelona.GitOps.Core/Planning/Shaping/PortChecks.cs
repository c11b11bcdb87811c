using Barcelona.GitOps.Core.Districts;
using Barcelona.GitOps.Core.Manifest;
using Barcelona.GitOps.Core.Manifest.Keys.Services;
using Barcelona.GitOps.Core.Templates;

namespace Barcelona.GitOps.Core.Planning.Shaping;

/// <summary>What port mappings need of the place that they go to.</summary>
internal sealed class PortChecks(ReleaseInputs inputs, ReleaseChecks checks)
{
    public void Check(ServiceManifest service, Capacity capacity)
    {
        if (service.PortMappings is not [var first, ..])
        {
            return;
        }

        if (service.Public && inputs.District.Network is Network.Existing { PublicSubnets.IsEmpty: true })
        {
            checks.Add(PortDiagnostics.NoPublicSubnets(first.Span, inputs.District.Name));
        }

        foreach (var mapping in service.PortMappings)
        {
            if (capacity != Capacity.Ec2 && mapping.HostPort is not null)
            {
                checks.Add(PortDiagnostics.HostPortOnFargate(mapping.Span, service.Name.Value));
            }
            else if (capacity == Capacity.Ec2 && mapping.IsUdp && !service.PortMappings.Any(m => !m.IsUdp && m.HostPort is not null))
            {
                checks.Add(PortDiagnostics.HostPortUnknown(mapping.Span, service.Name.Value));
            }
        }
    }
}
