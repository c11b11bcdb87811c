using System.Collections.Concurrent;
using System.Collections.Immutable;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Districts;
using Microsoft.Extensions.Options;

namespace Barcelona.GitOps.Reconciliation.Platform;

/// <summary>District files of a local folder, read anew each time; parsed anew only when they have changed.</summary>
internal sealed class DirectoryDistricts(IOptions<PlatformOptions> options) : IDistrictSource
{
    private readonly ConcurrentDictionary<string, (byte[] Content, Parsed<District> Read)> _known = new(StringComparer.Ordinal);

    // A small local file: .NET has no asynchronous reading of those, and another thread would only be a detour.
    public Task<DistrictFiles> ReadAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var folder = Path.Combine(options.Value.Directory ?? ".", "districts");
        var found = ImmutableSortedDictionary.CreateBuilder<string, Parsed<District>>(StringComparer.Ordinal);
        foreach (var path in FilesIn(folder))
        {
            if (DistrictFiles.NameOf(path) is { } name)
            {
                found[name] = found.ContainsKey(name) ? DistrictFiles.Twice(name) : Read(name, path);
            }
        }

        return Task.FromResult(new DistrictFiles("", found.ToImmutable()));
    }

    private Parsed<District> Read(string name, string path)
    {
        var content = File.ReadAllBytes(path);
        if (!_known.TryGetValue(path, out var known) || !known.Content.AsSpan().SequenceEqual(content))
        {
            _known[path] = known = (content, DistrictParser.Parse(name, $"districts/{Path.GetFileName(path)}", content));
        }

        return known.Read;
    }

    private static IEnumerable<string> FilesIn(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal) : [];
}
