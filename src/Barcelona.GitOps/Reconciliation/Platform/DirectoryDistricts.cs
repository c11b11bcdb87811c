using System.Collections.Immutable;
using Barcelona.GitOps.Core.Districts;
using Microsoft.Extensions.Options;

namespace Barcelona.GitOps.Reconciliation.Platform;

/// <summary>District files of a local folder, read anew each time.</summary>
internal sealed class DirectoryDistricts(IOptions<PlatformOptions> options) : IDistrictSource
{
    public async Task<DistrictFiles> ReadAsync(CancellationToken cancellationToken)
    {
        var folder = Path.Combine(options.Value.Directory ?? ".", "districts");
        var found = ImmutableSortedDictionary.CreateBuilder<string, Core.Diagnostics.Parsed<District>>(StringComparer.Ordinal);
        foreach (var path in FilesIn(folder))
        {
            if (DistrictFiles.NameOf(path) is { } name)
            {
                found[name] = found.ContainsKey(name)
                    ? DistrictFiles.Twice(name)
                    : DistrictParser.Parse(name, $"districts/{Path.GetFileName(path)}", await File.ReadAllBytesAsync(path, cancellationToken));
            }
        }

        return new DistrictFiles("", found.ToImmutable());
    }

    private static IEnumerable<string> FilesIn(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal) : [];
}
