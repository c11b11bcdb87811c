using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Barcelona.GitOps.Registries;

/// <summary>Manifests of images, and indexes of several. https://github.com/opencontainers/image-spec/blob/main/manifest.md</summary>
internal static partial class Manifests
{
    /// <summary>The most that registries take. https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pushing-manifests</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    /// <summary>Indexes too: who does not ask for them is shown one platform's manifest, whose digest is another.</summary>
    public static readonly string[] MediaTypes =
    [
        "application/vnd.oci.image.index.v1+json",
        "application/vnd.oci.image.manifest.v1+json",
        "application/vnd.docker.distribution.manifest.list.v2+json",
        "application/vnd.docker.distribution.manifest.v2+json",
    ];

    public static bool IsDigest(string? text) => text is not null && Digest().IsMatch(text);

    /// <returns>Null: that is no manifest.</returns>
    public static string? DigestOf(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);

            // The signature of the first schema is part of its text and not of its digest; nobody pushes it any more.
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("schemaVersion", out var version)
                && version.ValueKind == JsonValueKind.Number && version.GetDouble() is 2
                ? $"sha256:{Convert.ToHexStringLower(SHA256.HashData(body))}"
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"\Asha256:[a-f0-9]{64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Digest();
}
