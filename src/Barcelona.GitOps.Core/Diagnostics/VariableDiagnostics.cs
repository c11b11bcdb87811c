namespace Barcelona.GitOps.Core.Diagnostics;

/// <summary>What is wrong with environment variables.</summary>
internal static class VariableDiagnostics
{
    private static readonly DiagnosticKind TwiceKind = new("BCN300", Severity.Error, "A variable is given twice", "Keep one of the two.");

    public static Diagnostic Twice(SourceSpan span, string name, int firstLine) =>
        TwiceKind.At(span, $"The variable '{name}' is given twice: on line {firstLine} and on line {span.Line}.", "Keep one of them.");
}
