using System.Net.Http.Headers;
using System.Text.Json;
using Barcelona.GitOps.Core.Templates.Tasks;

namespace Barcelona.GitOps.Registries;

/// <summary>Answers a registry's challenge. https://distribution.github.io/distribution/spec/auth/token/</summary>
public sealed class RegistryTokens(RegistryWire wire)
{
    private const int MaxBytes = 256 * 1024;

    /// <returns>Null, and a refusal: it cannot be answered with what there is.</returns>
    /// <exception cref="RegistryUnavailableException">Who makes the tokens does not answer.</exception>
    internal async Task<(AuthenticationHeaderValue? Authorization, string Refusal)> AnswerAsync(
        Challenge? challenge, RegistryLogin? login, (string Repository, bool IsInsecure) asked, CancellationToken cancellationToken) =>
        challenge switch
        {
            Challenge.Basic when login is not null => (RegistryWire.Basic(login), ""),
            Challenge.Basic => (null, "401 Unauthorized, it wants a name and a password"),
            Challenge.Bearer bearer => await TokenAsync(bearer, login, asked, cancellationToken),
            _ => (null, "401 Unauthorized, without a word on how to be authorised"),
        };

    private async Task<(AuthenticationHeaderValue? Authorization, string Refusal)> TokenAsync(
        Challenge.Bearer challenge, RegistryLogin? login, (string Repository, bool IsInsecure) asked, CancellationToken cancellationToken)
    {
        var query = QueryString.Create("service", challenge.Service ?? "")
            .Add("scope", challenge.Scope ?? $"repository:{asked.Repository}:pull");
        var realm = new UriBuilder(challenge.Realm);
        realm.Query = realm.Query.Length > 1 ? $"{realm.Query}&{query.Value?.TrimStart('?')}" : query.Value;
        var authorization = login is null ? null : RegistryWire.Basic(login);
        using var response = await wire.SendAsync(HttpMethod.Get, realm.Uri, (authorization, asked.IsInsecure), cancellationToken);
        if (wire.TroubleOf(response) is { } trouble)
        {
            throw trouble;
        }

        if (!response.IsSuccessStatusCode)
        {
            return (null, $"{realm.Host} gives no token: {RegistryWire.Text(response.StatusCode)}");
        }

        return await RegistryWire.ReadAsync(response, MaxBytes, cancellationToken) is { } body && TokenIn(body) is { } token
            ? (new("Bearer", token), "")
            : throw new RegistryUnavailableException($"{realm.Host} answers with something that is no token", null);
    }

    private static string? TokenIn(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return Text(json.RootElement, "token") ?? Text(json.RootElement, "access_token");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a string with half a surrogate pair is JSON, but no text.
            return null;
        }
    }

    // A token goes into a header: what does not fit there is none.
    private static string? Text(JsonElement root, string name) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
        && value.GetString() is { Length: > 0 } text && text.All(c => c is > ' ' and < '\x7f')
            ? text
            : null;
}
