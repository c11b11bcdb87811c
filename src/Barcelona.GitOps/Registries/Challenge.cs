using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace Barcelona.GitOps.Registries;

/// <summary>How a registry wants to be asked. https://distribution.github.io/distribution/spec/auth/token/</summary>
internal abstract partial record Challenge
{
    private Challenge() { }

    public sealed record Basic : Challenge;

    /// <param name="Realm">Where a token is to be had.</param>
    public sealed record Bearer(Uri Realm, string? Service, string? Scope) : Challenge;

    /// <param name="hasLogin">Who has none can only answer the one that gives tokens to anybody.</param>
    /// <returns>The first one that can be answered; null: there is none.</returns>
    public static Challenge? Of(HttpResponseHeaders headers, bool hasLogin) =>
        headers.WwwAuthenticate.Select(Of).OfType<Challenge>().OrderBy(c => c is Basic && !hasLogin).FirstOrDefault();

    private static Challenge? Of(AuthenticationHeaderValue header)
    {
        if (header.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase))
        {
            return new Basic();
        }

        var parameters = Parameter().Matches(header.Parameter ?? "").GroupBy(m => m.Groups[1].Value, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(g => g.Key, g => g.First().Groups[2].Value, StringComparer.OrdinalIgnoreCase);
        return header.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase)
            && Uri.TryCreate(parameters.GetValueOrDefault("realm"), UriKind.Absolute, out var realm)
            && realm.Scheme is "http" or "https" && realm.UserInfo.Length == 0
            ? new Bearer(realm, parameters.GetValueOrDefault("service"), parameters.GetValueOrDefault("scope"))
            : null;
    }

    [GeneratedRegex("""([A-Za-z]+)="([^"]*)"?""", RegexOptions.CultureInvariant)]
    private static partial Regex Parameter();
}
