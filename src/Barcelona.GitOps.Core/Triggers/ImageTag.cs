using System.Security.Cryptography;
using System.Text;
using Barcelona.GitOps.Core.Names;

namespace Barcelona.GitOps.Core.Triggers;

/// <summary>The tag of an image from its pattern, fit for a registry: A-Za-z0-9_.- and at most 128 characters.</summary>
public static class ImageTag
{
    private const int MaxLength = 128, HashLength = 16;

    /// <param name="pattern"><c>image_tag</c>; null: <c>{tag}</c> for a tag, <c>{sha}</c> for a branch.</param>
    public static string Render(string? pattern, CommitSha sha, GitRef pushed)
    {
        var text = new StringBuilder(pattern ?? (pushed.IsTag ? "{tag}" : "{sha}"))
            .Replace("{sha}", sha.Value)
            .Replace("{short_sha}", sha.Abbreviated)
            .Replace(pushed.IsTag ? "{tag}" : "{branch}", pushed.ShortName)
            .ToString();
        var tag = string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-' ? c : '-'));

        // A registry wants a letter, a digit or an underscore in front.
        tag = tag.StartsWith('.') || tag.StartsWith('-') ? "_" + tag[1..] : tag;
        return tag.Length <= MaxLength ? tag
            : $"{tag[..(MaxLength - HashLength - 1)]}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..HashLength]}";
    }

    /// <summary>The placeholder that has no value for what was pushed, or null.</summary>
    public static string? MissingPlaceholder(string pattern, GitRef pushed)
    {
        var missing = pushed.IsTag ? "{branch}" : "{tag}";
        return pattern.Contains(missing, StringComparison.Ordinal) ? missing : null;
    }
}
