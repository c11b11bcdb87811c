using System.Text;
using System.Text.RegularExpressions;

namespace Barcelona.GitOps.Core.Triggers;

/// <summary>
/// Patterns for refs and repositories: <c>*</c> is anything within a path segment, <c>**</c> anything at all, <c>?</c> one character within
/// a segment.
/// Matched in time proportional to the text, whatever the pattern.
/// </summary>
public static class Glob
{
    private const int MaxLength = 400;

    /// <summary>The whole text must match; case counts. Longer than a ref can be: no match.</summary>
    public static bool IsMatch(string pattern, string text)
    {
        if (pattern.Length > MaxLength || text.Length > MaxLength)
        {
            return false;
        }

        if (pattern.AsSpan().IndexOfAny('*', '?') < 0)
        {
            return pattern == text;
        }

        return Regex.IsMatch(text, ToRegex(pattern), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Singleline);
    }

    private static string ToRegex(string pattern)
    {
        var regex = new StringBuilder(@"\A");
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '*')
            {
                var stars = pattern.AsSpan(i).IndexOfAnyExcept('*') is >= 0 and var length ? length : pattern.Length - i;
                regex.Append(stars > 1 ? ".*" : "[^/]*");
                i += stars - 1;
            }
            else
            {
                regex.Append(pattern[i] == '?' ? "[^/]" : Regex.Escape(pattern[i].ToString()));
            }
        }

        return regex.Append(@"\z").ToString();
    }
}
