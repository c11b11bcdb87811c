using System.Globalization;
using System.Text;
using Barcelona.GitOps.Core.Planning;

namespace Barcelona.GitOps.Core.Reports;

/// <summary>A plan for a check run: the summary is read at a glance, the rest stands in a fence in which nothing of it can act.</summary>
public static class PlanMarkdown
{
    public static string Of(Plan plan)
    {
        var text = new StringBuilder($"**{PlanLines.Summary(plan)}.**\n");
        if (plan.IsEmpty)
        {
            return text.ToString();
        }

        // GitHub colours a diff by its first column and knows no sign for a change but this one.
        var lines = PlanLines.Changes(plan).Select(l => l.Sign switch
        {
            "~" => $"! {l.Text}",
            "±" => $"! {l.Text}, replaced",
            _ => $"{l.Sign} {l.Text}",
        });
        text.Append('\n').Append(MarkdownText.Fence(string.Join('\n', lines), "diff")).Append('\n');
        foreach (var consequence in plan.Consequences)
        {
            text.Append("- ").Append(MarkdownText.Inline(consequence)).Append('\n');
        }

        text.Append(plan.Consequences.IsEmpty ? "" : "\n");
        foreach (var (number, step) in PlanLines.Steps(plan).Index())
        {
            text.Append(CultureInfo.InvariantCulture, $"{number + 1}. {MarkdownText.Inline(step)}\n");
        }

        return text.ToString();
    }
}
