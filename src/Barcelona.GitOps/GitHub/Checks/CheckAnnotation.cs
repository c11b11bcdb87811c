using Barcelona.GitOps.Core.Diagnostics;

namespace Barcelona.GitOps.GitHub.Checks;

/// <summary>A remark on lines of a file, as check runs show them.</summary>
/// <param name="Title">Short; for a diagnostic its code.</param>
public sealed record CheckAnnotation(SourceSpan Span, Severity Severity, string Title, string Message)
{
    public static CheckAnnotation From(Diagnostic diagnostic) => new(
        diagnostic.Span,
        diagnostic.Severity,
        diagnostic.Code,
        diagnostic.Hint.Length == 0 ? diagnostic.Message : $"{diagnostic.Message}\n{diagnostic.Hint}");
}
