using Barcelona.GitOps.Core.Diagnostics;
using YamlDotNet.Core;

namespace Barcelona.GitOps.Core.Yaml;

/// <summary>Reads a file into nodes with their places. Total: whatever the bytes, the answer is nodes or diagnostics.</summary>
internal static class YamlReader
{
    /// <summary>Null: there is nothing to go on with, and the log says why.</summary>
    public static YamlNode? Read(string file, ReadOnlyMemory<byte> utf8, DiagnosticLog log)
    {
        if (SourceText.Decode(file, utf8, log) is not { } text)
        {
            return null;
        }

        try
        {
            return new YamlComposer(file, new GuardedParser(text), log).Compose();
        }
        catch (YamlException broken)
        {
            var span = YamlPlaces.Span(file, broken.Start, broken.End);
            log.Add(broken.Message.Contains("tab", StringComparison.Ordinal) && IndentingTab(text, span) is { } tab
                ? YamlDiagnostics.Tab(tab)
                : YamlDiagnostics.Syntax(span, broken.Message));
            return null;
        }
    }

    /// <summary>The parser names the beginning of what the tab is in, which may be lines above it.</summary>
    private static SourceSpan? IndentingTab(string text, SourceSpan from)
    {
        foreach (var (index, line) in text.Split('\n').Index().Skip(from.Line - 1))
        {
            var blanks = line.AsSpan(0, line.Length - line.AsSpan().TrimStart(" \t").Length);
            if (blanks.IndexOf('\t') is >= 0 and var tab)
            {
                return new(from.File, index + 1, tab + 1, index + 1, tab + 2);
            }
        }

        return null;
    }
}
