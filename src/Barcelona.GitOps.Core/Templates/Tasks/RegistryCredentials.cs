using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Districts;

namespace Barcelona.GitOps.Core.Templates.Tasks;

/// <summary>
/// The secret with which ECS pulls from a private registry. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/private-auth.html
/// </summary>
public static class RegistryCredentials
{
    private static readonly DiagnosticKind MissingKind = new("BCN717", Severity.Error, "Credentials of a registry that are not there",
        "`registries: {host: {secret: path}}` in the district file is the secret `barcelona/<district>/<path>` of Secrets Manager. "
        + "A task that needs it would never start.");

    /// <summary>As in the district's file, below its prefix; null: the image's registry asks for none.</summary>
    public static string? PathOf(District district, string image)
    {
        var registry = ImageName.Parse(image).Registry;
        return district.Registries.FirstOrDefault(r => string.Equals(r.Key, registry, StringComparison.OrdinalIgnoreCase)).Value;
    }

    public static string NameOf(District district, string path) => $"barcelona/{district.Name}/{path}";

    public static Diagnostic Missing(SourceSpan span, string registry, string name) => MissingKind.At(
        span, $"The district pulls from {registry} with the secret '{name}', which is not in Secrets Manager, or may not be read.",
        "Its value is JSON with username and password.");
}
