using System.Text;

namespace Barcelona.GitOps.GitHub;

/// <summary>Texts that fit into GitHub's fields.</summary>
internal static class GitHubText
{
    /// <summary>The limit of a check run's summary and text. Counted in UTF-8 bytes, which is right under every reading of "characters".</summary>
    public const int MaxOutput = 65_535;

    /// <summary>The limit of a deployment's and a deployment status's description.</summary>
    public const int MaxDescription = 140;

    private const string Cut = "\n\n… cut: the whole text is behind the details link.";

    /// <summary>Markdown cut between two characters; an open code block is closed.</summary>
    public static string Markdown(string text)
    {
        if (Encoding.UTF8.GetByteCount(text) <= MaxOutput)
        {
            return text;
        }

        const string Fence = "\n```";
        var kept = FirstBytes(text, MaxOutput - Encoding.UTF8.GetByteCount(Cut) - Fence.Length);
        var fences = kept.Split('\n').Count(line => line.StartsWith("```", StringComparison.Ordinal));
        return kept + (fences % 2 == 1 ? Fence : "") + Cut;
    }

    /// <summary>One line of at most <paramref name="max"/> characters.</summary>
    public static string Line(string text, int max)
    {
        var line = text.ReplaceLineEndings(" ").Trim();
        if (line.Length <= max)
        {
            return line;
        }

        var end = max - 1;
        return line[..(char.IsHighSurrogate(line[end - 1]) ? end - 1 : end)] + "…";
    }

    private static string FirstBytes(string text, int max)
    {
        var (length, bytes) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            if (bytes + rune.Utf8SequenceLength > max)
            {
                break;
            }

            bytes += rune.Utf8SequenceLength;
            length += rune.Utf16SequenceLength;
        }

        return text[..length];
    }
}
