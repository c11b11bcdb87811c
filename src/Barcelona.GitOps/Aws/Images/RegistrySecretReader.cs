using System.Text.Json;
using Barcelona.GitOps.Aws.Secrets;
using Barcelona.GitOps.Core.Templates.Tasks;

namespace Barcelona.GitOps.Aws.Images;

/// <summary>
/// Reads the credentials of a registry, in the form that ECS wants.
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/private-auth.html
/// </summary>
public sealed class RegistrySecretReader
{
    /// <param name="id">Name or ARN of the secret, in the session's region.</param>
    /// <returns>Null: there is none, or it is not JSON with username and password.</returns>
    /// <exception cref="AwsDeniedException">The credentials lack the permission.</exception>
    public async Task<RegistryLogin?> ReadAsync(AwsSession session, string id, CancellationToken cancellationToken) =>
        await SecretValues.FindAsync(session, id, cancellationToken) is { } json ? Parse(json, $"the secret '{id}'") : null;

    private static RegistryLogin? Parse(string json, string from)
    {
        try
        {
            using var secret = JsonDocument.Parse(json);
            return secret.RootElement.ValueKind == JsonValueKind.Object
                && Text(secret.RootElement, "username") is { } username && Text(secret.RootElement, "password") is { } password
                ? new(username, password, from)
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // What is said of it must not quote it.
            return null;
        }
    }

    private static string? Text(JsonElement secret, string name) =>
        secret.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
