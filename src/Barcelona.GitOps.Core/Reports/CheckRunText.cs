using System.Globalization;
using System.Text;
using Barcelona.GitOps.Core.Diagnostics;

namespace Barcelona.GitOps.Core.Reports;

/// <summary>A check run's output. All within GitHub's limits; nothing in it mentions, links or formats but what is ours.</summary>
/// <param name="Text">Empty: there are no details.</param>
public sealed record CheckText(string Title, string Summary, string Text);

/// <summary>What a run says of itself on GitHub.</summary>
public static class CheckRunText
{
    private const int MaxTitle = 200;

    /// <summary>Log lines shown; the last ones say why.</summary>
    private const int MaxLogLines = 50;

    private const int MaxDiagnostics = 100;

    /// <param name="subject">Null: the run concerns a file and no environment.</param>
    public static CheckText Of(RunReport report, RunSubject? subject = null)
    {
        var (title, summary, text) = report switch
        {
            RunReport.Queued r => ("Queued", MarkdownText.Inline(r.Behind.Length == 0 ? "It begins in a moment." : r.Behind), ""),
            RunReport.InProgress { Plan: null } => ("Working out what to change", "", ""),
            RunReport.InProgress { Plan: { } plan } r => ($"Deploying: {PlanLines.Summary(plan)}", Progress(r.Progress), PlanMarkdown.Of(plan)),
            RunReport.Succeeded { Plan.IsEmpty: true } r =>
                ("Nothing to change", $"What runs is what this commit asks for: release {MarkdownText.Inline(r.Release)}.", ""),
            RunReport.Succeeded r => ($"Deployed release {r.Release}", Progress(r.Progress), PlanMarkdown.Of(r.Plan)),
            RunReport.Failed r => (r.Cause.Headline, $"{MarkdownText.Inline(r.Cause.Headline)}\n\n{Progress(r.Progress)}", Evidence(r)),
            RunReport.Superseded r => ($"Superseded by {r.By.Abbreviated}", $"{MarkdownText.Code(r.By.Value)} is newer and was taken instead.", ""),
            RunReport.Rejected r => (Count(r.Diagnostics), "Nothing was changed.", List(r.Diagnostics)),
            RunReport.Refused r => (r.Refusals[0].Message, Refusals(r), PlanMarkdown.Of(r.Plan)),
            RunReport.Valid { Diagnostics.IsEmpty: true } r => ("The file is good", Environments(r), ""),
            RunReport.Valid r => ($"The file is good, with {Count(r.Diagnostics)}", Environments(r), List(r.Diagnostics)),
            _ => throw new ArgumentOutOfRangeException(nameof(report), report, "Not a report."),
        };
        return new(
            TextLimit.Cut(OneLine(title), MaxTitle),
            Limited(subject is null ? summary : $"{Frame(subject)}\n\n{summary}".TrimEnd()),
            Limited(text));
    }

    private static string Frame(RunSubject subject) =>
        $"{MarkdownText.Inline(subject.Environment)} · heritage {MarkdownText.Code(subject.Target.Heritage)} "
        + $"in district {MarkdownText.Code(subject.Target.District)} · {MarkdownText.Code(subject.Ref.ShortName)} "
        + $"at {MarkdownText.Code(subject.Commit.Abbreviated)} · image {MarkdownText.Code(subject.Image)}";

    private static string Progress(IEnumerable<ProgressLine> lines)
    {
        var text = new StringBuilder();
        foreach (var line in lines)
        {
            var detail = line.Detail.Length == 0 ? "" : $": {MarkdownText.Inline(Redactor.Redact(line.Detail))}";
            text.Append(CultureInfo.InvariantCulture, $"- {MarkOf(line.State)} {MarkdownText.Inline(line.What)}{detail}\n");
        }

        return text.ToString();
    }

    private static string MarkOf(ProgressState state) => state switch
    {
        ProgressState.Done => "✅",
        ProgressState.Failed => "❌",
        ProgressState.Running => "⏳",
        _ => "▫️",
    };

    private static string Evidence(RunReport.Failed failed)
    {
        var text = new StringBuilder();
        if (!failed.Cause.Evidence.IsEmpty)
        {
            text.Append("What AWS says:\n\n").Append(MarkdownText.Fence(Redactor.Redact(string.Join('\n', failed.Cause.Evidence)))).Append('\n');
        }

        if (!failed.LogLines.IsEmpty)
        {
            // Redacted before they are cut: the first line of a private key may be one that is left out.
            var lines = Redactor.Redact(failed.LogLines).TakeLast(MaxLogLines).Select(l => TextLimit.Cut(l, 1000));
            text.Append("The last lines of its log:\n\n").Append(MarkdownText.Fence(string.Join('\n', lines))).Append('\n');
        }

        if (failed.LogLink is { } link)
        {
            text.Append(CultureInfo.InvariantCulture, $"[The log]({link.AbsoluteUri.Replace(")", "%29", StringComparison.Ordinal)})\n");
        }

        return text.ToString();
    }

    private static string Refusals(RunReport.Refused refused) =>
        "Nothing was changed.\n\n"
        + string.Concat(refused.Refusals.Select(r => $"- {MarkdownText.Inline(r.Message)} {MarkdownText.Inline(r.Hint)}\n"));

    private static string Environments(RunReport.Valid valid) => valid.Environments.IsEmpty
        ? "It has no environments."
        : $"Environments: {string.Join(", ", valid.Environments.Select(MarkdownText.Inline))}.";

    private static string Count(IReadOnlyCollection<Diagnostic> diagnostics)
    {
        var counts = new[] { (Severity.Error, "error"), (Severity.Warning, "warning"), (Severity.Information, "note") }
            .Select(s => (Count: diagnostics.Count(d => d.Severity == s.Item1), Word: s.Item2))
            .Where(c => c.Count > 0)
            .Select(c => $"{c.Count.ToString(CultureInfo.InvariantCulture)} {c.Word}{(c.Count == 1 ? "" : "s")}");
        return string.Join(", ", counts);
    }

    private static string List(IReadOnlyCollection<Diagnostic> diagnostics)
    {
        var lines = diagnostics.Take(MaxDiagnostics).Select(ListItem);
        var more = diagnostics.Count - MaxDiagnostics;
        return string.Concat(lines) + (more > 0 ? $"\n{more.ToString(CultureInfo.InvariantCulture)} more.\n" : "");
    }

    private static string ListItem(Diagnostic d)
    {
        var place = MarkdownText.Code($"{d.Span.File}:{d.Span.Line}:{d.Span.Column}");
        return $"- {place} **{d.Code}** {MarkdownText.Inline($"{d.Message} {d.Hint}".TrimEnd())}\n";
    }

    private static string OneLine(string text) => new([.. text.Select(c => char.IsControl(c) ? ' ' : c)]);

    private static string Limited(string markdown) =>
        TextLimit.CutMarkdown(markdown, TextLimit.CheckRun - 1, "…cut: the page behind the link has all of it.");
}
