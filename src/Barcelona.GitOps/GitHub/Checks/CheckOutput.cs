using Barcelona.GitOps.Core.Diagnostics;
using Octokit;

namespace Barcelona.GitOps.GitHub.Checks;

/// <summary>A <see cref="CheckReport"/> in the words of the API (https://docs.github.com/rest/checks/runs).</summary>
internal static class CheckOutput
{
    public const int MaxAnnotations = 50;

    private const int MaxTitle = 255, MaxMessage = 16_000, MaxActions = 3;

    public static NewCheckRunOutput Of(CheckReport report, IEnumerable<CheckAnnotation> annotations) =>
        new(GitHubText.Line(report.Title, MaxTitle), GitHubText.Markdown(report.Summary))
        {
            Text = report.Text.Length == 0 ? null : GitHubText.Markdown(report.Text),
            Annotations = [.. annotations.Select(Of)],
        };

    public static IReadOnlyList<NewCheckRunAction> ActionsOf(CheckReport report)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(report.Actions.Length, MaxActions, nameof(report));
        return [.. report.Actions.Select(a => new NewCheckRunAction(a.Label, a.Description, a.Identifier))];
    }

    private static NewCheckRunAnnotation Of(CheckAnnotation annotation)
    {
        var span = annotation.Span;
        var message = annotation.Message.Length <= MaxMessage ? annotation.Message : annotation.Message[..MaxMessage];
        var result = new NewCheckRunAnnotation(span.File, span.Line, Math.Max(span.Line, span.EndLine), LevelOf(annotation.Severity), message)
        {
            Title = GitHubText.Line(annotation.Title, MaxTitle),
        };

        // Columns are only taken when the remark stays on one line; theirs include the last character, ours end behind it.
        if (span.EndLine == span.Line)
        {
            result.StartColumn = span.Column;
            result.EndColumn = Math.Max(span.Column, span.EndColumn - 1);
        }

        return result;
    }

    private static CheckAnnotationLevel LevelOf(Severity severity) => severity switch
    {
        Severity.Error => CheckAnnotationLevel.Failure,
        Severity.Warning => CheckAnnotationLevel.Warning,
        Severity.Information => CheckAnnotationLevel.Notice,
        _ => throw new ArgumentOutOfRangeException(nameof(severity), severity, "Not a severity."),
    };
}
