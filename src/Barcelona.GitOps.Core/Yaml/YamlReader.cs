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
            log.Add(YamlDiagnostics.Syntax(YamlPlaces.Span(file, broken.Start, broken.End), broken.Message));
            return null;
        }
    }
}
