using Barcelona.GitOps.Core.Districts;
using Barcelona.GitOps.Core.Manifest;

namespace Barcelona.GitOps.Core.Templates.Routing;

/// <summary>A listener of a service, joined with the endpoint it names and the priority it has there.</summary>
/// <param name="Slot">As made by <see cref="RuleSlot"/>.</param>
/// <param name="Priority">The same on the HTTP and the HTTPS listener.</param>
public sealed record Route(Listener Listener, string Slot, ExistingEndpoint Endpoint, int Priority)
{
    public string EndpointName => Listener.Endpoint.Value;

    /// <summary>A service's listeners with their slots, in the order of the file.</summary>
    public static IEnumerable<(Listener Listener, string Slot)> SlotsOf(ServiceManifest service)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var listener in service.Listeners)
        {
            var ordinal = seen.GetValueOrDefault(listener.Endpoint.Value);
            seen[listener.Endpoint.Value] = ordinal + 1;
            yield return (listener, RuleSlot.Of(service.Name.Value, listener.Endpoint.Value, ordinal));
        }
    }
}
