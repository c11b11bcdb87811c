using System.Text.Json;
using Amazon.SecretsManager.Model;
using Barcelona.GitOps.Core.Templates.Tasks;

namespace Barcelona.GitOps.Aws.Images;

/// <summary>
/// Reads the credentials of a registry, in the form that ECS wants. Beside the addresses of webhooks no other value of a secret is ever asked for.
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/private-auth.html
/// </summary>
public sealed class RegistrySecretReader
{
    /// <param name="id">Name or ARN of the secret, in the session's region.</param>
    /// <returns>Null: there is none, or it is not JSON with username and password.</returns>
    /// <exception cref="AwsDeniedException">The credentials lack the permission.</exception>
    public async Task<RegistryLogin?> ReadAsync(AwsSession session, string id, CancellationToken cancellationToken)
    {
        try
        {
            var request = new GetSecretValueRequest { SecretId = id };
            var secret = await session.SecretsManager.GetSecretValueAsync(request, cancellationToken).Translated(cancellationToken);
            return Parse(secret.SecretString ?? "", $"the secret '{id}'");
        }
        catch (Exception e) when (e is ResourceNotFoundException or InvalidRequestException)
        {
            // InvalidRequest: it waits for its deletion.
            return null;
        }
    }

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
