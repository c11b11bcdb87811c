using System.Collections.Immutable;
using Barcelona.GitOps.Core.Diagnostics;

namespace Barcelona.GitOps.Core.Reports;

/// <summary>A diagnostic at its line in a pull request, in the words of GitHub's check runs.</summary>
/// <param name="StartColumn">Only for a place within one line: GitHub refuses columns otherwise.</param>
/// <param name="Level"><c>failure</c>, <c>warning</c> or <c>notice</c>.</param>
public sealed record Annotation(
    string Path, int StartLine, int EndLine, int? StartColumn, int? EndColumn, string Level, string Title, string Message);

/// <summary>
/// GitHub takes 50 annotations in a request and adds those of the next. https://docs.github.com/rest/checks/runs#update-a-check-run
/// </summary>
public static class AnnotationBatches
{
    public const int Size = 50;

    /// <summary>64 KB in GitHub's words; characters may be four bytes.</summary>
    private const int MaxMessage = 16_000;

    private const int MaxTitle = 255;

    /// <summary>Empty when there is nothing to say.</summary>
    public static ImmutableArray<ImmutableArray<Annotation>> Of(IEnumerable<Diagnostic> diagnostics) =>
        [.. diagnostics.Select(Of).Chunk(Size).Select(c => c.ToImmutableArray())];

    private static Annotation Of(Diagnostic diagnostic)
    {
        var span = diagnostic.Span;
        var isOneLine = span.Line == span.EndLine;
        return new(
            span.File, span.Line, Math.Max(span.Line, span.EndLine),
            isOneLine ? span.Column : null, isOneLine ? Math.Max(span.Column, span.EndColumn) : null,
            diagnostic.Severity switch { Severity.Error => "failure", Severity.Warning => "warning", _ => "notice" },
            TextLimit.Cut(diagnostic.Code, MaxTitle),
            TextLimit.Cut(diagnostic.Hint.Length == 0 ? diagnostic.Message : $"{diagnostic.Message}\n{diagnostic.Hint}", MaxMessage));
    }
}
