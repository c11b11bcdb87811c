using System.Collections.Immutable;
using System.Text;

namespace Barcelona.GitOps.Core.Manifest.Schedules;

/// <summary>
/// A text as the words that a POSIX shell would make of it, and nothing else that a shell does: no variable, no pattern, no pipe.
/// https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02
/// </summary>
internal static class ShellWords
{
    /// <summary>Null: a quote is not closed.</summary>
    public static ImmutableArray<string>? Split(string text)
    {
        var words = ImmutableArray.CreateBuilder<string>();
        var word = new StringBuilder();
        var isWord = false;
        char? quote = null;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            var escapes = c == '\\' && quote != '\'' && i + 1 < text.Length && (quote is null || text[i + 1] is '"' or '\\' or '$' or '`' or '\n');
            if (escapes)
            {
                word.Append(text[++i] == '\n' ? "" : text[i]);
                isWord = true;
            }
            else if (c == quote)
            {
                quote = null;
            }
            else if (quote is null && c is '"' or '\'')
            {
                (quote, isWord) = (c, true);
            }
            else if (quote is null && char.IsWhiteSpace(c))
            {
                End();
            }
            else
            {
                word.Append(c);
                isWord = true;
            }
        }

        End();
        return quote is null ? words.ToImmutable() : null;

        void End()
        {
            if (isWord)
            {
                words.Add(word.ToString());
            }

            word.Clear();
            isWord = false;
        }
    }
}
