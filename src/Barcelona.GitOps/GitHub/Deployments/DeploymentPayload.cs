using System.Text.Json;

namespace Barcelona.GitOps.GitHub.Deployments;

/// <summary>Reads our id out of a deployment's payload, whatever other tools put there: an object, JSON in a string, nothing.</summary>
internal static class DeploymentPayload
{
    public static string? IdIn(JsonElement payload) => payload.ValueKind switch
    {
        JsonValueKind.Object => payload.TryGetProperty(DeploymentIdentity.PayloadKey, out var id) && id.ValueKind == JsonValueKind.String
            ? id.GetString()
            : null,
        JsonValueKind.String => IdInText(payload.GetString()),
        _ => null,
    };

    private static string? IdInText(string? text)
    {
        if (text is null || !text.Contains(DeploymentIdentity.PayloadKey, StringComparison.Ordinal))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            // Once only: JSON in a string in a string is nobody's payload.
            return document.RootElement.ValueKind == JsonValueKind.Object ? IdIn(document.RootElement) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
