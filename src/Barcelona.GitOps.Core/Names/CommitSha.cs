using System.Diagnostics.CodeAnalysis;

namespace Barcelona.GitOps.Core.Names;

/// <summary>A full SHA-1 commit id: 40 lower-case hexadecimal digits.</summary>
public sealed record CommitSha
{
    private CommitSha(string value) => Value = value;

    public string Value { get; }

    /// <summary>The first seven digits, as git prints them.</summary>
    public string Abbreviated => Value[..7];

    public static bool TryParse(string? text, [NotNullWhen(true)] out CommitSha? sha)
    {
        sha = text is { Length: 40 } && text.All(char.IsAsciiHexDigit) && text.Any(c => c != '0') ? new(text.ToLowerInvariant()) : null;
        return sha is not null;
    }

    /// <exception cref="FormatException">The text is not a commit id; forty zeros are git's way to say "none".</exception>
    public static CommitSha Parse(string text) =>
        TryParse(text, out var sha) ? sha : throw new FormatException($"'{text}' is not a commit: 40 hexadecimal digits are expected.");

    public override string ToString() => Value;
}
