using System.Text.RegularExpressions;

namespace Barcelona.GitOps.Core.Templates.Tasks;

/// <summary>
/// A container image as Docker reads it: the first segment is a registry when it looks like a host.
/// https://github.com/distribution/reference/blob/main/normalize.go
/// </summary>
/// <param name="Registry">Lower case; Docker Hub is <c>docker.io</c>.</param>
/// <param name="Repository">As its registry calls it: images of Docker Hub's own are below <c>library/</c>.</param>
/// <param name="Ecr">Where it lies, if it is in a private registry of Amazon's.</param>
public sealed partial record ImageName(string Registry, string Repository, EcrRepository? Ecr)
{
    public const string DockerHub = "docker.io";

    /// <summary>Empty: none is named.</summary>
    public string Tag { get; private init; } = "";

    public static ImageName Parse(string image)
    {
        var slash = image.IndexOf('/', StringComparison.Ordinal);
        var first = slash > 0 ? image[..slash] : "";
        var isHost = first.Contains('.', StringComparison.Ordinal) || first.Contains(':', StringComparison.Ordinal) || first == "localhost";
        var registry = !isHost || first.Equals("index.docker.io", StringComparison.OrdinalIgnoreCase) ? DockerHub : first.ToLowerInvariant();
        var name = WithoutTag(image);
        var path = isHost ? name[(slash + 1)..] : name;
        var match = EcrPattern().Match(image);
        return new(
            registry,
            registry == DockerHub && !path.Contains('/', StringComparison.Ordinal) ? $"library/{path}" : path,
            match.Success ? new(match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value) : null)
        {
            Tag = image[name.Length..].Split('@')[0].TrimStart(':'),
        };
    }

    /// <summary>As ECS takes it. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html</summary>
    /// <param name="digest"><c>sha256:</c> and 64 hexadecimal digits.</param>
    public static string WithDigest(string image, string digest) => $"{WithoutTag(image)}@{digest}";

    // A colon before the last slash belongs to the host.
    private static string WithoutTag(string image)
    {
        var name = image.Split('@')[0];
        var colon = name.LastIndexOf(':');
        return colon > name.LastIndexOf('/') ? name[..colon] : name;
    }

    [GeneratedRegex(@"\A(\d{12})\.dkr\.ecr(?:-fips)?\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?/([a-z0-9._/-]+)", RegexOptions.CultureInvariant)]
    private static partial Regex EcrPattern();
}

public sealed record EcrRepository(string Account, string Region, string Repository);
