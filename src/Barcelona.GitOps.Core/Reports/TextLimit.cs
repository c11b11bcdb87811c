using System.Globalization;

namespace Barcelona.GitOps.Core.Reports;

/// <summary>Cuts text to what GitHub takes, never within a character as people see it.</summary>
public static class TextLimit
{
    /// <summary>Of a check run's summary and text, in characters. https://docs.github.com/rest/checks/runs#create-a-check-run</summary>
    public const int CheckRun = 65_535;

    /// <summary>Of a deployment status's description. https://docs.github.com/rest/deployments/statuses</summary>
    public const int StatusDescription = 140;

    public static string Cut(string text, int limit, string mark = "…")
    {
        if (text.Length <= limit)
        {
            return text;
        }

        return text[..BoundaryBefore(text, limit - mark.Length)] + mark;
    }

    /// <summary>
    /// Markdown is cut at a line where one is near, and a fence or a fold that was open is closed, so that what we say last is still ours.
    /// </summary>
    public static string CutMarkdown(string text, int limit, string mark)
    {
        if (text.Length <= limit)
        {
            return text;
        }

        // Room for the mark and for closing whatever is open.
        var room = limit - mark.Length - ClosingRoom;
        var boundary = BoundaryBefore(text, room);
        var line = text.LastIndexOf('\n', boundary - 1);
        var kept = text[..(line > boundary - 2000 ? line : boundary)];
        return $"{kept}\n{Closing(kept)}{mark}";
    }

    private const int ClosingRoom = 200;

    private static string Closing(string kept)
    {
        string? fence = null;
        var folds = 0;
        foreach (var line in kept.Split('\n').Select(l => l.TrimEnd()))
        {
            if (fence is not null)
            {
                fence = line == fence ? null : fence;
            }
            else if (line.StartsWith("```", StringComparison.Ordinal))
            {
                fence = new('`', line.TakeWhile(c => c == '`').Count());
            }
            else
            {
                folds += line.StartsWith("<details>", StringComparison.Ordinal) ? 1 : 0;
                folds -= line.StartsWith("</details>", StringComparison.Ordinal) ? 1 : 0;
            }
        }

        return (fence is null ? "" : Cut(fence, ClosingRoom / 2, "") + "\n") + (folds > 0 ? "</details>\n\n" : "\n");
    }

    private static int BoundaryBefore(string text, int limit)
    {
        // Grapheme clusters are short, except for text that is made to be otherwise: a start a little before is enough.
        var start = Math.Max(0, limit - 64);
        if (start > 0 && char.IsLowSurrogate(text[start]))
        {
            start--;
        }

        var boundary = start;
        while (boundary < limit && boundary + StringInfo.GetNextTextElementLength(text.AsSpan(boundary)) is var next && next <= limit)
        {
            boundary = next;
        }

        return boundary > start ? boundary : char.IsLowSurrogate(text[limit]) ? limit - 1 : limit;
    }
}
