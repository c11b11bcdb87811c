using System.Text.Json;
using Barcelona.GitOps.Aws.Secrets;
using Barcelona.GitOps.Core.Reports.Notifications;

namespace Barcelona.GitOps.Aws.Notifications;

/// <summary>Reads the address of a webhook, when it is used: it is kept nowhere.</summary>
public sealed class WebhookSecretReader
{
    /// <param name="path">Below the district's prefix; <c>#field</c> picks a field of JSON.</param>
    /// <returns>Null: there is none, or it holds no address.</returns>
    /// <exception cref="AwsDeniedException">The credentials lack the permission.</exception>
    /// <exception cref="AwsUnavailableException">AWS does not answer.</exception>
    public async Task<WebhookAddress?> ReadAsync(AwsSession session, string path, CancellationToken cancellationToken)
    {
        var parts = path.Split('#', 2);
        return await SecretValues.FindAsync(session, $"barcelona/{session.District.Name}/{parts[0]}", cancellationToken) is { } text
            ? WebhookAddress.Parse(parts.Length == 2 ? Field(text, parts[1]) : text)
            : null;
    }

    private static string Field(string json, string name)
    {
        try
        {
            using var secret = JsonDocument.Parse(json);
            return secret.RootElement.ValueKind == JsonValueKind.Object && secret.RootElement.TryGetProperty(name, out var value)
                && value.ValueKind == JsonValueKind.String ? value.GetString() ?? "" : "";
        }
        catch (JsonException)
        {
            // What is said of it must not quote it.
            return "";
        }
    }
}
