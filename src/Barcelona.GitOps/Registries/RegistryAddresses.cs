using Barcelona.GitOps.Core.Templates.Tasks;
using Microsoft.Extensions.Options;

namespace Barcelona.GitOps.Registries;

/// <param name="Url">With a slash at its end.</param>
/// <param name="IsInsecure">Plain http is meant, credentials included.</param>
/// <param name="SecretArn">Of the service's own credentials for it; null: it has none.</param>
public sealed record RegistryAddress(Uri Url, bool IsInsecure, string? SecretArn);

/// <summary>Where registries are reached: by https and their own names, unless a setting says otherwise.</summary>
public sealed class RegistryAddresses(IOptions<RegistryList> options)
{
    /// <summary>Docker Hub's images go by another name than its registry does.</summary>
    private const string DockerHubRegistry = "registry-1.docker.io";

    private readonly Dictionary<string, RegistryOptions> _known =
        options.Value.ByNumber.Values.ToDictionary(r => r.Host, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a setting leads there.</summary>
    /// <param name="host">Without the brackets of an IPv6 address.</param>
    public bool IsNamed(string host, int port) => _known.Keys.Any(registry => IsAt(Of(registry).Url, host, port));

    /// <summary>Whether a setting says that plain http is meant there.</summary>
    public bool MayBePlain(Uri url) =>
        _known.Keys.Select(Of).Any(registry => registry.IsInsecure && IsAt(registry.Url, url.IdnHost, url.Port));

    public RegistryAddress Of(string registry)
    {
        var known = _known.GetValueOrDefault(registry);
        var host = registry == ImageName.DockerHub ? DockerHubRegistry : registry;
        var url = known?.Url is { Length: > 0 } given ? given : $"{(known?.Insecure is true ? "http" : "https")}://{host}";
        return new(new Uri(url.TrimEnd('/') + "/"), known?.Insecure is true, known?.SecretArn is { Length: > 0 } arn ? arn : null);
    }

    private static bool IsAt(Uri url, string host, int port) =>
        url.Port == port && url.IdnHost.Equals(host, StringComparison.OrdinalIgnoreCase);
}
