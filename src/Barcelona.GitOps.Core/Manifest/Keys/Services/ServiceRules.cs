using System.Collections.Immutable;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Shapes;

namespace Barcelona.GitOps.Core.Manifest.Keys.Services;

/// <summary>Rules of a service that span several keys.</summary>
internal static class ServiceRules
{
    public static void Check(ServiceManifest service, MapValues values)
    {
        CheckReach(service, values);
        CheckCount(values);
        CheckScaling(service, values);
        WarnOfObsolete(values);
        PortRules.Check(service, values);
    }

    public static ImmutableArray<ServiceManifest> Unique(ImmutableArray<ServiceManifest> services, Reading reading)
    {
        var seen = new Dictionary<string, SourceSpan>(StringComparer.OrdinalIgnoreCase);
        foreach (var name in services.Select(s => s.Name).Where(n => n.Value.Length > 0))
        {
            if (!seen.TryAdd(name.Value, name.Span))
            {
                reading.Log.Add(KeyDiagnostics.Twice(name.Span, "services", name.Value, seen[name.Value].Line));
            }
        }

        return services;
    }

    private static void CheckReach(ServiceManifest service, MapValues values)
    {
        var hasListeners = HasListeners(service, values);
        if (service.Type == ServiceType.Web && !hasListeners)
        {
            values.Log.Add(ServiceDiagnostics.NoListener(values.PlaceOf(ServiceKeys.Type), service.Name.Value));
        }
        else if (service.Type == ServiceType.Default && hasListeners)
        {
            values.Log.Add(ServiceDiagnostics.ListenerNeedsWeb(values.PlaceOf(ServiceKeys.Listeners), service.Name.Value));
        }
        else if (service.ForceSsl && !hasListeners)
        {
            values.Log.Add(ServiceDiagnostics.ForceSslWithoutListener(values.PlaceOf(ServiceKeys.ForceSsl), service.Name.Value));
        }
    }

    /// <summary>Or some were meant, and could not be read.</summary>
    private static bool HasListeners(ServiceManifest service, MapValues values) =>
        values.IsMentioned(ServiceKeys.Listeners) && (service.Listeners.Length > 0 || !values.TryGet(ServiceKeys.Listeners, out _));

    private static void CheckCount(MapValues values)
    {
        if (values.IsMentioned(ServiceKeys.Count) && values.IsMentioned(ServiceKeys.DesiredCount))
        {
            values.Log.Add(ServiceDiagnostics.TwoCounts(values.PlaceOf(ServiceKeys.DesiredCount)));
        }

        var count = values.IsMentioned(ServiceKeys.Count) ? ServiceKeys.Count : ServiceKeys.DesiredCount;
        if (values.IsMentioned(count) && values.IsMentioned(ServiceKeys.Autoscaling))
        {
            values.Log.Add(ServiceDiagnostics.CountAndScaling(values.PlaceOf(count)));
        }
    }

    private static void CheckScaling(ServiceManifest service, MapValues values)
    {
        if (service.Autoscaling?.Requests is not null && !HasListeners(service, values))
        {
            values.Log.Add(ScalingDiagnostics.NothingCountsRequests(values.PlaceOf(ServiceKeys.Autoscaling), service.Name.Value));
        }
    }

    private static void WarnOfObsolete(MapValues values)
    {
        if (values.Get(ServiceKeys.PortMappings, []).IsEmpty)
        {
            Warn(ServiceKeys.Public, "The endpoint says whether it is public.");
        }

        Warn(ServiceKeys.ReverseProxyImage, "There is no reverse proxy: the load balancer reaches the container.");
        Warn(ServiceKeys.HealthCheck, "The listener's health_check_path and its neighbours say how health is checked.");
        if (values.Get(ServiceKeys.Hosts, false))
        {
            Warn(ServiceKeys.Hosts, "Host names go into a listener's rule_conditions, with type host-header.");
        }

        void Warn(Key key, string instead)
        {
            if (values.IsMentioned(key))
            {
                values.Log.Add(EnvironmentDiagnostics.Obsolete(values.PlaceOf(key), key.Name, instead));
            }
        }
    }
}
