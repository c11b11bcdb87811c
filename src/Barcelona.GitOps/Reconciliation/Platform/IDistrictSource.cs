using System.Collections.Immutable;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Districts;

namespace Barcelona.GitOps.Reconciliation.Platform;

/// <summary>The district files: of a repository, or of a local folder.</summary>
public interface IDistrictSource
{
    /// <summary>All of them as they are now. A mistake in one file is in that file's diagnostics and stops no other.</summary>
    Task<DistrictFiles> ReadAsync(CancellationToken cancellationToken);
}

/// <param name="Commit">Of the platform repository; empty for a folder.</param>
/// <param name="ByName">The file's name without its ending to what it says.</param>
public sealed record DistrictFiles(string Commit, ImmutableSortedDictionary<string, Parsed<District>> ByName)
{
    /// <summary>By name: SHA-256 of the file as it is, in lower-case hexadecimal. Of a folder's files nobody asks.</summary>
    public ImmutableSortedDictionary<string, string> Hashes { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Those without an error.</summary>
    public IEnumerable<District> Usable => ByName.Values.Where(d => !d.HasErrors).Select(d => d.Value).OfType<District>();

    /// <summary>Names of those with an error.</summary>
    public IEnumerable<string> Broken => ByName.Where(d => d.Value.HasErrors).Select(d => d.Key);

    /// <summary>What a district says of which there are two files.</summary>
    public static Parsed<District> Twice(string name) => new(null, [FileDiagnostics.Twice($"districts/{name}.yml", $"districts/{name}.yaml")]);

    /// <summary><c>districts/default.yml</c> gives <c>default</c>; null for what is no district file.</summary>
    public static string? NameOf(string path) =>
        Path.GetExtension(path) is ".yml" or ".yaml" && Path.GetFileName(Path.GetDirectoryName(path)) == "districts"
            ? Path.GetFileNameWithoutExtension(path)
            : null;
}
