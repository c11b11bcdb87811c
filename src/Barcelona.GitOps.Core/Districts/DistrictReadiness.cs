using System.Collections.Immutable;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Manifest;
using Barcelona.GitOps.Core.Yaml;

namespace Barcelona.GitOps.Core.Districts;

/// <summary>What keeps an environment from being deployed into a district: parts that are not there, endpoints it does not have, bounds it sets.</summary>
public static class DistrictReadiness
{
    /// <summary>Errors about the district alone, at their places in the district file.</summary>
    public static ImmutableArray<Diagnostic> Of(District district)
    {
        var missing = ImmutableArray.CreateBuilder<Diagnostic>();
        if (district.Network is not Network.Existing)
        {
            missing.Add(DistrictDiagnostics.MissingPart(district.Network.Span ?? district.Span, "network", district.Name));
        }

        if (district.Cluster is not Cluster.Existing)
        {
            missing.Add(DistrictDiagnostics.MissingPart(district.Cluster.Span ?? district.Span, "cluster", district.Name));
        }

        return missing.ToImmutable();
    }

    /// <summary>Errors about the environment in this district, at their places in barcelona.yml; <see cref="Of(District)"/> not included.</summary>
    public static ImmutableArray<Diagnostic> Of(District district, EnvironmentManifest environment)
    {
        var log = new DiagnosticLog();
        foreach (var service in environment.Services)
        {
            foreach (var listener in service.Listeners)
            {
                CheckEndpoint(district, service, listener, log);
            }

            CheckSize(district, service, log);
        }

        CheckRegistry(district, environment, log);
        return log.InFileOrder();
    }

    private static void CheckEndpoint(District district, ServiceManifest service, Listener listener, DiagnosticLog log)
    {
        var name = listener.Endpoint;
        if (district.Endpoints.FirstOrDefault(e => e.Name == name.Value) is not { } endpoint)
        {
            log.Add(DistrictDiagnostics.UnknownEndpoint(name.Span, name.Value, district.Name, Spelling.Hint(name.Value, district.Endpoints.Select(e => e.Name))));
        }
        else if (endpoint.Existing is not { } existing)
        {
            log.Add(DistrictDiagnostics.MissingPart(name.Span, $"endpoint '{name.Value}'", district.Name));
        }
        else if (service.ForceSsl && existing.HttpsListenerArn is null)
        {
            log.Add(DistrictDiagnostics.NoHttps(name.Span, service.Name.Value, name.Value));
        }
    }

    private static void CheckSize(District district, ServiceManifest service, DiagnosticLog log)
    {
        if (service.Cpu is { } cpu && cpu.Value > district.Policy.MaxCpu)
        {
            log.Add(DistrictDiagnostics.Policy(cpu.Span, $"cpu may be at most {district.Policy.MaxCpu}", district.Name));
        }

        if (service.Memory.Value > district.Policy.MaxMemory)
        {
            log.Add(DistrictDiagnostics.Policy(service.Memory.Span, $"memory may be at most {district.Policy.MaxMemory}", district.Name));
        }
    }

    private static void CheckRegistry(District district, EnvironmentManifest environment, DiagnosticLog log)
    {
        if (environment.ImageName is { } image && district.Policy.Registries is { } allowed && !allowed.Contains(HostOf(image.Value), StringComparer.OrdinalIgnoreCase))
        {
            log.Add(DistrictDiagnostics.Policy(image.Span, $"Images may come from {string.Join(", ", allowed)}, not from {HostOf(image.Value)},", district.Name));
        }
    }

    // As Docker reads a name: the first part is a host if it has a dot or a port, or is localhost.
    private static string HostOf(string image) =>
        image.Split('/') is [var first, _, ..] && (first.Contains('.', StringComparison.Ordinal) || first.Contains(':', StringComparison.Ordinal) || first == "localhost")
            ? first
            : "docker.io";
}
