using System.Security.Cryptography;
using System.Text;
using Barcelona.GitOps.Sandbox.Aws.Parameters;

namespace Barcelona.GitOps.Sandbox.Aws.Ec2;

/// <summary>The images that AWS publishes in a region, by the public parameters that name them, and those that parameters named before.</summary>
internal sealed class MachineImages(string region)
{
    private static readonly string[] Names =
    [
        "/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id",
        "/aws/service/ecs/optimized-ami/amazon-linux-2023/arm64/recommended/image_id",
        "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64",
        "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64",
    ];

    private readonly Dictionary<string, StoredParameter> _parameters =
        Names.ToDictionary(name => name, name => Stored(name, FirstId(region, name), 1));
    private readonly Dictionary<string, string> _architectures = Names.ToDictionary(name => FirstId(region, name), Architecture);

    public StoredParameter? Parameter(string name) => _parameters.GetValueOrDefault(name);

    /// <summary>AWS publishes a newer image; the older one stays for those who know it.</summary>
    public void Publish(string parameter, string imageId)
    {
        _parameters[parameter] = Stored(parameter, imageId, (Parameter(parameter)?.Version ?? 0) + 1);
        _architectures[imageId] = Architecture(parameter);
    }

    public void Add(string imageId, string architecture) => _architectures[imageId] = architecture;

    /// <summary>arm64 or x86_64; null when there is no such image.</summary>
    public string? ArchitectureOf(string imageId) => _architectures.GetValueOrDefault(imageId);

    private static StoredParameter Stored(string name, string imageId, int version) =>
        new(name, "String", imageId, version, DateTimeOffset.UnixEpoch);

    private static string Architecture(string name) => name.Contains("arm64", StringComparison.Ordinal) ? "arm64" : "x86_64";

    // The same in every sandbox: what a test has seen once it sees again.
    private static string FirstId(string region, string name) =>
        "ami-0" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(region + name)))[..16];
}
