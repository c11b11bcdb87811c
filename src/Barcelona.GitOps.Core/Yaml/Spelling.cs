namespace Barcelona.GitOps.Core.Yaml;

/// <summary>The nearest of the allowed spellings.</summary>
internal static class Spelling
{
    // Beyond this nobody means a known word, and the comparison would cost time.
    private const int MaxLength = 64;

    /// <summary>A sentence that asks, or nothing when none is near.</summary>
    public static string Hint(string found, IEnumerable<string> allowed) =>
        Nearest(found, allowed) is { } nearest ? $"Did you mean '{nearest}'?" : "";

    public static string? Nearest(string found, IEnumerable<string> allowed)
    {
        if (found.Length is 0 or > MaxLength)
        {
            return null;
        }

        var typed = Fold(found);
        var best = allowed.Select(a => (Word: a, Distance: Distance(typed, Fold(a)))).OrderBy(p => p.Distance)
            .ThenBy(p => p.Word, StringComparer.Ordinal).FirstOrDefault();
        return best.Word is not null && best.Distance <= Math.Max(1, Math.Min(found.Length, best.Word.Length) / 3) ? best.Word : null;
    }

    // healthCheckPath and health-check-path are meant as health_check_path.
    private static string Fold(string word) =>
        word.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();

    // Damerau-Levenshtein of neighbours: two letters in the wrong order are one mistake.
    private static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                rows[i, j] = i == 0 || j == 0
                    ? i + j
                    : Math.Min(Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1, rows[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
                }
            }
        }

        return rows[a.Length, b.Length];
    }
}
