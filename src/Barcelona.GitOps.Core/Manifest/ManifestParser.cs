using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Manifest.Keys;
using Barcelona.GitOps.Core.Shapes;
using Barcelona.GitOps.Core.Yaml;

namespace Barcelona.GitOps.Core.Manifest;

/// <summary>Reads a <c>barcelona.yml</c>. Total: any bytes give a manifest or diagnostics, in bounded time and memory.</summary>
public static class ManifestParser
{
    /// <summary>The manifest, unless there are errors; and everything worth saying, in file order.</summary>
    /// <param name="fileName">As it shall appear in diagnostics.</param>
    public static Parsed<BarcelonaManifest> Parse(string fileName, ReadOnlyMemory<byte> utf8)
    {
        var log = new DiagnosticLog();
        BarcelonaManifest? manifest = null;
        if (YamlReader.Read(fileName, utf8, log) is { } document)
        {
            FileKeys.File.TryRead(document, new(log, fileName), out manifest);
            if (document is YamlMap top)
            {
                WarnOfUnused(top, log);
            }
        }

        return new(log.HasErrors ? null : manifest, log.InFileOrder());
    }

    private static void WarnOfUnused(YamlMap top, DiagnosticLog log)
    {
        var known = FileKeys.All.Select(k => k.Name).ToList();
        var helpers = top.Entries.Where(e => !known.Contains(e.Key.Text, StringComparer.Ordinal));
        var named = helpers.Where(e => !e.Key.Text.StartsWith(Key.FreePrefix, StringComparison.Ordinal));
        foreach (var unused in named.Where(e => !e.Value.HoldsAnchor && !log.IsFull))
        {
            log.Add(EnvironmentDiagnostics.UnusedHelper(unused.Key.Span, unused.Key.Text, Spelling.Hint(unused.Key.Text, known)));
        }
    }
}
