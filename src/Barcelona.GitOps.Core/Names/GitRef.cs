using System.Diagnostics.CodeAnalysis;

namespace Barcelona.GitOps.Core.Names;

/// <summary>A branch or a tag by its full name: <c>refs/heads/main</c>, <c>refs/tags/v1.4.0</c>.</summary>
public sealed record GitRef
{
    private const string Heads = "refs/heads/", Tags = "refs/tags/";

    private GitRef(string value) => Value = value;

    public string Value { get; }

    public bool IsBranch => Value.StartsWith(Heads, StringComparison.Ordinal);

    public bool IsTag => !IsBranch;

    /// <summary>The name without its prefix: <c>main</c>, <c>v1.4.0</c>.</summary>
    public string ShortName => Value[(IsBranch ? Heads : Tags).Length..];

    public static GitRef Branch(string name) => Parse(Heads + name);

    public static GitRef Tag(string name) => Parse(Tags + name);

    public static bool TryParse(string? text, [NotNullWhen(true)] out GitRef? gitRef)
    {
        gitRef = text is { Length: <= 400 } && (IsBelow(text, Heads) || IsBelow(text, Tags)) ? new(text) : null;
        return gitRef is not null;
    }

    /// <exception cref="FormatException">The text is neither below refs/heads/ nor below refs/tags/.</exception>
    public static GitRef Parse(string text) =>
        TryParse(text, out var gitRef) ? gitRef : throw new FormatException($"'{text}' is neither a branch nor a tag.");

    public override string ToString() => Value;

    private static bool IsBelow(string text, string prefix) =>
        text.StartsWith(prefix, StringComparison.Ordinal) && text.Length > prefix.Length
        && !text.Any(c => char.IsControl(c) || c is ' ' or ':' or '\\' or '^' or '~' or '?' or '*' or '[');
}
