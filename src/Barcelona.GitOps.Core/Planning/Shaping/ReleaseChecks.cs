using System.Collections.Immutable;
using System.Globalization;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Districts;
using Barcelona.GitOps.Core.Manifest;
using Barcelona.GitOps.Core.Templates;
using Barcelona.GitOps.Core.Templates.Tasks;

namespace Barcelona.GitOps.Core.Planning.Shaping;

/// <summary>The rules that only file and district together can break. Collects; never stops at the first.</summary>
internal sealed class ReleaseChecks(ReleaseInputs inputs)
{
    /// <summary>Seconds; Fargate's limit.</summary>
    private const int MaxFargateStop = 120;

    private readonly ImmutableArray<Diagnostic>.Builder _diagnostics = ImmutableArray.CreateBuilder<Diagnostic>();
    private readonly District _district = inputs.District;

    public ImmutableArray<Diagnostic> Diagnostics =>
        [.. _diagnostics.OrderBy(d => d.Span.Line).ThenBy(d => d.Span.Column).ThenBy(d => d.Code, StringComparer.Ordinal)];

    public void Add(Diagnostic diagnostic) => _diagnostics.Add(diagnostic);

    public void Image(Located<string> image)
    {
        var registry = ImageName.Parse(inputs.Image).Registry;
        if (_district.Policy.Registries is { } allowed && !allowed.Contains(registry, StringComparer.OrdinalIgnoreCase))
        {
            Add(ReleaseDiagnostics.RegistryNotAllowed(image, registry, allowed));
        }

        if (RegistryCredentials.PathOf(_district, inputs.Image) is { } path && !inputs.Secrets.ContainsKey(path))
        {
            Add(RegistryCredentials.Missing(image.Span, registry, RegistryCredentials.NameOf(_district, path)));
        }
    }

    public void Variables()
    {
        foreach (var variable in inputs.Environment.Variables)
        {
            if (variable is EnvironmentVariable.Secret secret && !inputs.Secrets.ContainsKey(secret.Path.Value))
            {
                Add(ReleaseDiagnostics.SecretNotFound(secret.Path, _district.Name));
            }

            var web = inputs.Environment.Services.FirstOrDefault(s => s.Type == ServiceType.Web);
            if (web is not null && variable.Name.Value == ContainerVariables.Port)
            {
                Add(ReleaseDiagnostics.PortIsGiven(variable.Name.Span, web.Name.Value, web.WebContainerPort));
            }
        }
    }

    public void GracePeriod(ServiceManifest service)
    {
        if (service.Listeners.IsEmpty && service.PortMappings.IsEmpty && service.Deployment.GracePeriod is not null)
        {
            Add(ReleaseDiagnostics.GraceWithoutListener(service.Name.Span, service.Name.Value));
        }
    }

    /// <summary>The listeners of the endpoint that is named, or null and a diagnostic.</summary>
    public ExistingEndpoint? Endpoint(ServiceManifest service, Listener listener)
    {
        var (name, span) = (listener.Endpoint.Value, listener.Endpoint.Span);
        if (_district.Endpoints.FirstOrDefault(e => e.Name == name) is not { } endpoint)
        {
            Add(ReleaseDiagnostics.UnknownEndpoint(listener.Endpoint, _district.Name, [.. _district.Endpoints.Select(e => e.Name)]));
            return null;
        }

        if (endpoint.Existing is not { } existing)
        {
            Add(ReleaseDiagnostics.EndpointNotNamed(span, name));
            return null;
        }

        if (service.ForceSsl && existing.HttpsListenerArn is null)
        {
            Add(ReleaseDiagnostics.ForceSslWithoutHttps(span, name));
        }

        return existing;
    }

    /// <summary>What Fargate gives for what is asked; null and a diagnostic when it cannot.</summary>
    public FargateSize? Size(ServiceManifest service)
    {
        var (cpu, memory) = (service.Cpu?.Value ?? 0, service.Memory.Value);
        var span = service.Cpu?.Span ?? service.Memory.Span;
        var wanted = service.Cpu is null ? Text($"{memory} MiB") : Text($"{cpu} CPU units with {memory} MiB");
        if (FargateSize.AtLeast(cpu, memory) is not { } size)
        {
            Add(ReleaseDiagnostics.TooLargeForFargate(span, wanted));
            return null;
        }

        if (size.Memory != memory || (service.Cpu is not null && size.Cpu != cpu))
        {
            Add(ReleaseDiagnostics.RoundedUp(span, wanted, Text($"{size.Cpu} CPU units with {size.Memory} MiB")));
        }

        return size;
    }

    /// <summary>Bounds what is paid for, so on Fargate the size after rounding.</summary>
    public void Policy(ServiceManifest service, FargateSize? size)
    {
        if ((size?.Cpu ?? service.Cpu?.Value) is { } cpu && cpu > _district.Policy.MaxCpu)
        {
            Add(ReleaseDiagnostics.TooMuch(service.Cpu?.Span ?? service.Name.Span, "cpu", cpu, _district.Policy.MaxCpu.Value));
        }

        var memory = size?.Memory ?? service.Memory.Value;
        if (memory > _district.Policy.MaxMemory)
        {
            Add(ReleaseDiagnostics.TooMuch(service.Memory.Span, "memory", memory, _district.Policy.MaxMemory.Value));
        }
    }

    public int? StopTimeout(ServiceManifest service, Capacity capacity)
    {
        var seconds = (int?)service.StopTimeout?.TotalSeconds;
        if (capacity == Capacity.Ec2 || seconds is not > MaxFargateStop)
        {
            return seconds;
        }

        Add(ReleaseDiagnostics.StopTimeoutCut(service.Name.Span, seconds.Value, MaxFargateStop));
        return MaxFargateStop;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
