using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Yaml;

namespace Barcelona.GitOps.Core.Manifest.Keys;

/// <summary>Rules across environments.</summary>
internal static class ManifestRules
{
    public static void Check(BarcelonaManifest manifest, DiagnosticLog log)
    {
        CheckHeritages(manifest, log);
        CheckPriorities(manifest, log);
        CheckDefaults(manifest, log);
        CheckBcnd(manifest, log);
    }

    private static void CheckHeritages(BarcelonaManifest manifest, DiagnosticLog log)
    {
        foreach (var group in manifest.Environments.Where(e => e.Name.Value.Length > 0).GroupBy(e => e.Name.Value, StringComparer.OrdinalIgnoreCase))
        {
            // An environment without a district may be given any: it clashes with all of them, and all with it.
            var byDistrict = new Dictionary<string, EnvironmentManifest>(StringComparer.Ordinal);
            EnvironmentManifest? anywhere = null;
            foreach (var environment in group)
            {
                var first = anywhere
                    ?? (environment.District is { } district ? byDistrict.GetValueOrDefault(district.Value) : byDistrict.Values.FirstOrDefault());
                if (first is not null)
                {
                    log.Add(EnvironmentDiagnostics.SameHeritage(environment.Name.Span, environment.Name.Value, first.Name.Span.Line));
                }
                else if (environment.District is { } own)
                {
                    byDistrict.Add(own.Value, environment);
                }
                else
                {
                    anywhere = environment;
                }
            }
        }
    }

    // Endpoints belong to a district. Environments that name none may end up in different ones: only what is surely a clash is said.
    private static void CheckPriorities(BarcelonaManifest manifest, DiagnosticLog log)
    {
        var rules = from environment in manifest.Environments
                    let place = environment.District is { } district ? "district/" + district.Value : "environment/" + environment.Key.Value
                    from service in environment.Services
                    from listener in service.Listeners
                    where listener.RulePriority is not null
                    select (Place: place, Endpoint: listener.Endpoint.Value, Priority: listener.RulePriority, Service: service.Name);
        foreach (var endpoint in rules.GroupBy(r => (r.Place, r.Endpoint)))
        {
            var used = endpoint.Select(r => r.Priority.Value).ToHashSet();
            foreach (var slot in endpoint.GroupBy(r => r.Priority.Value))
            {
                var first = slot.First();
                foreach (var again in slot.Skip(1))
                {
                    // Services that share their listeners by an alias share the place, too: then the second one's name is pointed to.
                    var place = again.Priority.Span == first.Priority.Span ? again.Service.Span : again.Priority.Span;
                    log.Add(ServiceDiagnostics.SamePriority(
                        place, (slot.Key, endpoint.Key.Endpoint), first.Priority.Span.Line, NearestFree(slot.Key, used)));
                }
            }
        }
    }

    private static int NearestFree(int priority, HashSet<int> used) =>
        Enumerable.Range(1, 50_000).SelectMany(d => new[] { priority + d, priority - d }).First(p => p is >= 1 and <= 50_000 && !used.Contains(p));

    // Without a district an environment is not deployed unless a district file takes it; whether two of those collide is only known then.
    private static void CheckDefaults(BarcelonaManifest manifest, DiagnosticLog log)
    {
        var defaults =
            manifest.Environments.Where(e => e.District is not null && e.Deploy is not { On.Length: > 0 } && manifest.Bcnd is null).ToList();
        foreach (var other in defaults.Skip(1))
        {
            log.Add(EnvironmentDiagnostics.TwoDefaults(other.Key.Span, defaults[0].Key.Value, other.Key.Value));
        }
    }

    private static void CheckBcnd(BarcelonaManifest manifest, DiagnosticLog log)
    {
        if (manifest.Bcnd is not { } bcnd || manifest.Environments.IsEmpty)
        {
            return;
        }

        var keys = manifest.Environments.Select(e => e.Key.Value).ToList();
        foreach (var missing in new[] { bcnd.MainlineEnvironment, bcnd.StableEnvironment }.Where(e => !keys.Contains(e, StringComparer.Ordinal)))
        {
            log.Add(EnvironmentDiagnostics.BcndEnvironment(bcnd.Span, missing, Spelling.Hint(missing, keys)));
        }
    }
}
