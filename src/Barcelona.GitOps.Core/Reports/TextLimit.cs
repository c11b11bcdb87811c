using System.Globalization;

namespace Barcelona.GitOps.Core.Reports;

/// <summary>Cuts text, never within a character as people see it.</summary>
public static class TextLimit
{
    public static string Cut(string text, int limit, string mark = "…")
    {
        if (text.Length <= limit)
        {
            return text;
        }

        return text[..BoundaryBefore(text, limit - mark.Length)] + mark;
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
