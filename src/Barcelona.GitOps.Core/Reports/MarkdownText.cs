using System.Text;

namespace Barcelona.GitOps.Core.Reports;

/// <summary>
/// Makes text that people control harmless in GitHub's markdown: it can neither mention, link, format nor break out of where it stands.
/// </summary>
public static class MarkdownText
{
    private const char ZeroWidthSpace = '\u200b';

    private const string Escaped = "\\`*_{}[]<>()#+-.!|~&:/";

    /// <summary>For the middle of a line: one line, nothing in it means anything.</summary>
    public static string Inline(string text)
    {
        var result = new StringBuilder(text.Length + 16);
        foreach (var c in text)
        {
            if (char.IsControl(c) || IsInvisible(c))
            {
                result.Append(' ');
                continue;
            }

            if (Escaped.Contains(c, StringComparison.Ordinal))
            {
                result.Append('\\');
            }

            result.Append(c);
            if (c is '@')
            {
                // A backslash does not stop a mention.
                result.Append(ZeroWidthSpace);
            }
        }

        return result.ToString();
    }

    /// <summary>One line of the same text, with nothing in it that is not seen. For places that know no markdown.</summary>
    internal static string Line(string text) => new([.. text.Select(c => char.IsControl(c) || IsInvisible(c) ? ' ' : c)]);

    /// <summary>Code in a line, with as many backticks as it takes; a pipe is escaped, for tables.</summary>
    public static string Code(string text)
    {
        var line = Line(text).Replace("|", "\\|", StringComparison.Ordinal);
        var ticks = new string('`', LongestRun(line, '`') + 1);
        return line.Length == 0 ? "" : line[0] is '`' or ' ' || line[^1] is '`' or ' ' ? $"{ticks} {line} {ticks}" : $"{ticks}{line}{ticks}";
    }

    /// <summary>A block whose fence is longer than any run of backticks in it.</summary>
    public static string Fence(string text, string language = "")
    {
        var fence = new string('`', Math.Max(3, LongestRun(text, '`') + 1));
        var clean = new string([.. text.ReplaceLineEndings("\n").Where(c => c is '\n' or '\t' || (!char.IsControl(c) && !IsInvisible(c)))]);
        return $"{fence}{language}\n{clean.TrimEnd('\n')}\n{fence}\n";
    }

    private static int LongestRun(string text, char c)
    {
        var (longest, current) = (0, 0);
        foreach (var found in text)
        {
            current = found == c ? current + 1 : 0;
            longest = Math.Max(longest, current);
        }

        return longest;
    }

    /// <summary>Bidirectional controls and zero-width characters: what is read would not be what is there.</summary>
    private static bool IsInvisible(char c) =>
        c is (>= '\u200b' and <= '\u200f') or (>= '\u202a' and <= '\u202e') or (>= '\u2060' and <= '\u2069') or '\ufeff';
}
