using System.Collections.Immutable;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Districts;
using Barcelona.GitOps.Core.Manifest;

namespace Barcelona.GitOps.Commands;

/// <summary>A file to check: what lies in a folder named districts is a district, all else a barcelona.yml.</summary>
internal sealed record ValidateTarget(string Path)
{
    // One more than what is read: enough to see that a file is too large.
    private const int MostBytes = (1 << 20) + 1;

    private const string DistrictFolder = "districts";

    /// <summary>Errors and warnings; also when the file cannot be read.</summary>
    public ImmutableArray<Diagnostic> Validate()
    {
        var file = new FileInfo(Path);
        if (!file.Exists)
        {
            return [FileDiagnostics.Missing(Path, "There is no such file.")];
        }

        if (file.LinkTarget is not null)
        {
            return [FileDiagnostics.Missing(Path, "It is a symbolic link, which is not followed.")];
        }

        if (!TryRead(file, out var content, out var problem))
        {
            return [FileDiagnostics.Missing(Path, problem)];
        }

        if (file.Directory?.Name != DistrictFolder)
        {
            return ManifestParser.Parse(Path, content).Diagnostics;
        }

        var other = System.IO.Path.ChangeExtension(Path, file.Extension == ".yml" ? ".yaml" : ".yml");
        var found = DistrictParser.Parse(System.IO.Path.GetFileNameWithoutExtension(Path), Path, content).Diagnostics;
        return File.Exists(other) ? [FileDiagnostics.Twice(Path, other), .. found] : found;
    }

    private static bool TryRead(FileInfo file, out byte[] content, out string problem)
    {
        (content, problem) = ([], "");
        try
        {
            using var stream = file.OpenRead();
            var buffer = new byte[MostBytes];
            content = buffer[..stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)];
            return true;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            problem = $"It cannot be read: {refused.Message}";
            return false;
        }
    }
}

/// <summary>From the path on the command line to the files that it means.</summary>
internal static class ValidateTargets
{
    private const string ManifestName = "barcelona.yml";

    /// <summary>A folder means its barcelona.yml; without one, its district files. Never empty.</summary>
    public static ImmutableArray<ValidateTarget> Find(string path)
    {
        if (!Directory.Exists(path))
        {
            return [new(path)];
        }

        var manifest = Below(path, ManifestName);
        if (File.Exists(manifest))
        {
            return [new(manifest)];
        }

        var folder = Path.GetFileName(Path.GetFullPath(path).TrimEnd(Path.DirectorySeparatorChar)) == "districts" ? path : Below(path, "districts");
        string[] districts = Directory.Exists(folder) ? [.. Directory.GetFiles(folder).Where(f => Path.GetExtension(f) is ".yml" or ".yaml")] : [];
        return districts.Length == 0 ? [new(manifest)] : [.. districts.Order(StringComparer.Ordinal).Select(f => new ValidateTarget(f))];
    }

    private static string Below(string folder, string name) => folder is "." or "./" ? name : Path.Combine(folder, name);
}
