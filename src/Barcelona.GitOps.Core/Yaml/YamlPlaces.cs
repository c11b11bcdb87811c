using Barcelona.GitOps.Core.Diagnostics;
using YamlDotNet.Core;

namespace Barcelona.GitOps.Core.Yaml;

/// <summary>From the parser's marks to our spans; both count lines and columns from 1.</summary>
internal static class YamlPlaces
{
    public static SourceSpan Span(string file, Mark start, Mark end)
    {
        var (line, column) = ((int)Math.Max(1, start.Line), (int)Math.Max(1, start.Column));
        var (endLine, endColumn) = ((int)end.Line, (int)end.Column);
        return (endLine, endColumn).CompareTo((line, column)) > 0
            ? new(file, line, column, endLine, endColumn)
            : new(file, line, column, line, column + 1);
    }

    /// <summary>From the beginning of the one to the end of the other.</summary>
    public static SourceSpan Join(SourceSpan first, SourceSpan last) =>
        (last.EndLine, last.EndColumn).CompareTo((first.Line, first.Column)) > 0
            ? first with { EndLine = last.EndLine, EndColumn = last.EndColumn }
            : first;
}
