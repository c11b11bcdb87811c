using System.Text.RegularExpressions;

namespace Barcelona.GitOps.Core.Templates.Tasks;

/// <summary>A container image as Docker reads it: the first segment is a registry when it looks like a host.</summary>
/// <param name="Registry">Lower case; Docker Hub is <c>docker.io</c>.</param>
/// <param name="Ecr">Where it lies, if it is in a private registry of Amazon's.</param>
public sealed partial record ImageName(string Registry, EcrRepository? Ecr)
{
    public static ImageName Parse(string image)
    {
        var slash = image.IndexOf('/', StringComparison.Ordinal);
        var first = slash > 0 ? image[..slash] : "";
        var isHost = first.Contains('.', StringComparison.Ordinal) || first.Contains(':', StringComparison.Ordinal) || first == "localhost";
        var match = EcrPattern().Match(image);
        return new(
            isHost ? first.ToLowerInvariant() : "docker.io",
            match.Success ? new(match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value) : null);
    }

    [GeneratedRegex(@"\A(\d{12})\.dkr\.ecr(?:-fips)?\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?/([a-z0-9._/-]+)", RegexOptions.CultureInvariant)]
    private static partial Regex EcrPattern();
}

public sealed record EcrRepository(string Account, string Region, string Repository);
