using System.Net;
using System.Text.RegularExpressions;

namespace Barcelona.GitOps.Sandbox.Run;

internal sealed record TextLine(string Text, Tone Tone = Tone.Plain);

/// <summary>
/// A check's markdown for a terminal: without its signs, tables as pairs, a plan in colours. The settings of a resource that is made or
/// removed are only counted, as the whole of them stands in the check; those of one that changes are what matters, and stay.
/// </summary>
internal static partial class CheckText
{
    public static IReadOnlyList<TextLine> Lines(string markdown)
    {
        var lines = new List<TextLine>();
        var fenced = false;
        var plan = new PlanFold(lines);
        foreach (var line in markdown.ReplaceLineEndings("\n").Split('\n'))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                fenced = !fenced;
                plan.Close();
            }
            else if (fenced)
                plan.Take(line);
            else if (Prose(line) is { } prose)
                lines.Add(prose);
        }
        plan.Close();
        return lines;
    }

    /// <summary>Null: a line that is only there for the layout.</summary>
    private static TextLine? Prose(string line)
    {
        if (line.StartsWith('|'))
            return Row().Match(line) is { Success: true } row ? new TextLine($"{row.Groups[1].Value,-7} {Plain(row.Groups[2].Value)}") : null;
        if (line.StartsWith('#'))
            return new TextLine(Plain(line.TrimStart('#', ' ')), Tone.Heading);
        var plain = Plain(line);
        return plain.Length == 0 ? null : new TextLine(plain);
    }

    private static string Plain(string markdown)
    {
        var text = Link().Replace(Tags().Replace(markdown, ""), "$1 ($2)");
        return WebUtility.HtmlDecode(Escape().Replace(Emphasis().Replace(text, "$1"), "$1")).Trim();
    }

    [GeneratedRegex(@"^\| *([^|\s][^|]*?) *\| *([^|\s-][^|]*?) *\|$")]
    private static partial Regex Row();

    [GeneratedRegex(@"</?(?:details|summary|br ?/?)>")]
    private static partial Regex Tags();

    [GeneratedRegex(@"(?<!\\)(?:\*\*|`)(.+?)(?<!\\)(?:\*\*|`)")]
    private static partial Regex Emphasis();

    [GeneratedRegex(@"(?<!\\)\[([^\]]+)\]\(([^)]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\\([!-/:-@\[-`{-~])")]
    private static partial Regex Escape();

    /// <summary>Lines of a fence. In a plan a resource stands three columns in, its settings five.</summary>
    private sealed class PlanFold(List<TextLine> lines)
    {
        private const string SettingIndent = "     ";

        private char _resource = ' ';
        private int _folded;

        public void Take(string line)
        {
            var sign = line.Length == 0 ? ' ' : line[0];
            if (line.Length > 1 && line[1..].StartsWith(SettingIndent, StringComparison.Ordinal))
            {
                if (_resource is '+' or '-' && sign == _resource)
                    _folded++;
                else
                    lines.Add(new TextLine(line, ToneOf(sign)));
                return;
            }
            Close();
            _resource = sign;
            lines.Add(new TextLine(line, ToneOf(sign)));
        }

        public void Close()
        {
            if (_folded > 0)
                lines[^1] = lines[^1] with { Text = $"{lines[^1].Text}, {_folded} settings" };
            (_folded, _resource) = (0, ' ');
        }

        private static Tone ToneOf(char sign) => sign switch
        {
            '+' => Tone.Good,
            '-' => Tone.Bad,
            '!' or '~' => Tone.Warn,
            _ => Tone.Plain,
        };
    }
}
