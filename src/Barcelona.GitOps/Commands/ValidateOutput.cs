using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Barcelona.GitOps.Core.Diagnostics;

namespace Barcelona.GitOps.Commands;

/// <summary>Diagnostics for a person, for GitHub's workflow log, or for a program.</summary>
internal static class ValidateOutput
{
    private static readonly JsonSerializerOptions Json =
        new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(TextWriter output, string format, IReadOnlyList<Diagnostic> diagnostics)
    {
        switch (format)
        {
            case "json":
                output.WriteLine(JsonSerializer.Serialize(diagnostics.Select(ForPrograms), Json));
                break;
            case "github":
                WriteLines(output, diagnostics.Select(ForGitHub));
                break;
            default:
                WriteLines(output, diagnostics.Select(d => d.ToString()));
                output.WriteLine(Summary(diagnostics));
                break;
        }
    }

    /// <summary>A workflow command: https://docs.github.com/actions/reference/workflow-commands-for-github-actions.</summary>
    internal static string ForGitHub(Diagnostic diagnostic)
    {
        var span = diagnostic.Span;
        var command = diagnostic.Severity switch { Severity.Error => "error", Severity.Warning => "warning", _ => "notice" };

        // GitHub takes columns only for what lies on one line.
        var end = span.EndLine == span.Line ? Text($",endLine={span.EndLine},endColumn={span.EndColumn}") : Text($",endLine={span.EndLine}");
        var place = Text($"file={Property(span.File)},line={span.Line}{end},col={span.Column}");
        return $"::{command} {place},title={Property(diagnostic.Code)}::{Data($"{diagnostic.Message} {diagnostic.Hint}".TrimEnd())}";
    }

    private static object ForPrograms(Diagnostic diagnostic) => new
    {
        diagnostic.Code,
        Severity = diagnostic.Severity.ToString().ToLowerInvariant(),
        diagnostic.Span.File,
        diagnostic.Span.Line,
        diagnostic.Span.Column,
        diagnostic.Span.EndLine,
        diagnostic.Span.EndColumn,
        diagnostic.Message,
        diagnostic.Hint,
    };

    private static void WriteLines(TextWriter output, IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            output.WriteLine(line);
        }
    }

    private static string Summary(IReadOnlyList<Diagnostic> diagnostics)
    {
        var (errors, warnings) = (diagnostics.Count(d => d.IsError), diagnostics.Count(d => d.Severity == Severity.Warning));
        return Text($"{errors} {(errors == 1 ? "error" : "errors")}, {warnings} {(warnings == 1 ? "warning" : "warnings")}");
    }

    private static string Data(string text) =>
        text.Replace("%", "%25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal)
            .Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string text) =>
        Data(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
