using Microsoft.Extensions.Options;

namespace Barcelona.GitOps.Registries;

/// <summary>Settings below <c>Registries__&lt;n&gt;</c>: how one registry is reached, where that is not as its name says.</summary>
public sealed class RegistryOptions
{
    public const string Section = "Registries__<n>";

    /// <summary>As in image names; Docker Hub is <c>docker.io</c>.</summary>
    public string Host { get; set; } = "";

    /// <summary>Where it is really reached, a mirror perhaps: what stands before <c>/v2/</c>. Null: https and its own name.</summary>
    public string? Url { get; set; }

    /// <summary>A secret of Secrets Manager with <c>username</c> and <c>password</c>, for districts that bring no credentials of their own.</summary>
    public string? SecretArn { get; set; }

    /// <summary>It may be reached by plain http, credentials included.</summary>
    public bool Insecure { get; set; }
}

/// <summary>All of them, by the <c>n</c> of the setting.</summary>
public sealed class RegistryList
{
    public const string Section = "Registries";

    public Dictionary<string, RegistryOptions> ByNumber { get; } = [];
}

internal sealed class RegistryListValidator : IValidateOptions<RegistryList>
{
    public ValidateOptionsResult Validate(string? name, RegistryList options)
    {
        string[] wrong =
        [
            .. options.ByNumber.SelectMany(o => Wrong(o.Value).Select(w => $"{RegistryList.Section}__{o.Key}__{w}")),
            .. options.ByNumber.GroupBy(o => o.Value.Host, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1)
                .Select(g => $"{RegistryList.Section}__{g.Last().Key}__Host is '{g.Key}', as another one's is already."),
        ];
        return wrong.Length > 0 ? ValidateOptionsResult.Fail(wrong) : ValidateOptionsResult.Success;
    }

    private static IEnumerable<string> Wrong(RegistryOptions registry)
    {
        if (registry.Host.Length == 0 || !Uri.TryCreate($"https://{registry.Host}/", UriKind.Absolute, out var host) || host.AbsolutePath != "/")
        {
            yield return $"Host is '{registry.Host}': the host of a registry is expected, as image names have it.";
        }

        if (registry.Url is { Length: > 0 } url)
        {
            if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https")
                || address.UserInfo.Length > 0 || address.Query.Length > 0)
            {
                yield return "Url must be an absolute http or https address, without credentials in it.";
            }
            else if (address.Scheme == "http" && !registry.Insecure)
            {
                yield return "Url is plain http: say Insecure=true if that is meant.";
            }
        }

        if (registry.SecretArn is { Length: > 0 } arn && !(arn.Split(':') is ["arn", _, "secretsmanager", _, _, "secret", ..]))
        {
            yield return "SecretArn must be the ARN of a secret in Secrets Manager.";
        }
    }
}
