namespace Barcelona.GitOps.Core.Diagnostics;

/// <summary>
/// One code: declared once, beside the factory that uses it. docs/diagnostics.md is written from these and a test proves the codes unique.
/// BCN0 is the file and its YAML, 1 environments, 2 services, 3 variables, 4 what this version does not run yet, 5 districts, 6 triggers,
/// 7 releases in their district, 8 scheduled tasks.
/// </summary>
/// <param name="Title">What is wrong in a few words, without the particulars.</param>
/// <param name="Explanation">Why it is a diagnostic and what to do, for the reference.</param>
public sealed record DiagnosticKind(string Code, Severity Severity, string Title, string Explanation)
{
    /// <summary>Far above any message that is not made of a file's own text.</summary>
    private const int MaxLength = 1000;

    public Diagnostic At(SourceSpan span, string message, string hint = "") => new(Code, Severity, span, OneLine(message), OneLine(hint));

    /// <summary>
    /// Messages repeat keys and names of the file, which may hold anything: a line break would begin a line that looks like another message.
    /// </summary>
    private static string OneLine(string text)
    {
        var line = text.Any(IsBreak) ? string.Concat(text.Select(c => IsBreak(c) ? '\uFFFD' : c)) : text;
        return line.Length <= MaxLength ? line : line[..(MaxLength - (char.IsHighSurrogate(line[MaxLength - 1]) ? 1 : 0))] + "…";

        static bool IsBreak(char c) => char.IsControl(c) || c is '\u2028' or '\u2029';
    }
}
