using System.Globalization;
using System.Text;
using Barcelona.GitOps.Core.Planning;

namespace Barcelona.GitOps.Core.Reports;

/// <summary>A plan for the terminal: <c>+</c> created, <c>~</c> changed, <c>±</c> replaced, <c>-</c> deleted.</summary>
public static class PlanText
{
    public static string Of(Plan plan)
    {
        var text = new StringBuilder($"{plan.Subject}: {PlanLines.Summary(plan)}.\n");
        if (plan.IsEmpty)
        {
            return text.ToString();
        }

        text.Append('\n');
        foreach (var (sign, line) in PlanLines.Changes(plan))
        {
            text.Append($"{sign} {line}".Trim(' ').Length == 0 ? "" : $"{sign} {line}".TrimEnd()).Append('\n');
        }

        foreach (var (index, consequence) in plan.Consequences.Index())
        {
            text.Append(index == 0 ? "\nWhat it means\n" : "").Append("  ").Append(consequence).Append('\n');
        }

        text.Append("\nSteps\n");
        foreach (var (number, step) in PlanLines.Steps(plan).Index())
        {
            text.Append(CultureInfo.InvariantCulture, $"  {number + 1}. {step}\n");
        }

        return text.ToString();
    }
}
