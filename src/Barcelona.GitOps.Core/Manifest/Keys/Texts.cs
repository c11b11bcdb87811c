using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Shapes.Scalars;

namespace Barcelona.GitOps.Core.Manifest.Keys;

/// <summary>The kinds of text that several keys take.</summary>
internal static class Texts
{
    public static readonly TextShape Any = new();

    public static readonly TextShape NotEmpty = new(TextRule.NotEmpty);

    public static readonly TextShape Name =
        new(new($"{NameRules.Description}, at most {NameRules.MaxLength}", NameRules.IsValid, NameRules.JsonSchemaPattern))
        {
            Hint = text => NearestName(text) is { } name && NameRules.IsValid(name) ? $"'{name}' would do." : "",
        };

    /// <summary>A path on a server: health checks.</summary>
    public static readonly TextShape UrlPath = new(TextRule.Matching("a path that begins with / and has no spaces", "^/[^\\s]{0,1023}$"));

    /// <summary>A folder-like name of Systems Manager, which takes fewer characters than Secrets Manager.</summary>
    public static readonly TextShape SsmPath = new(TextRule.Matching(
        "letters, digits and . _ - in parts between single slashes", "^/?[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*$"));

    /// <summary>A folder-like path of Secrets Manager.</summary>
    public static readonly TextShape SecretPath = new(TextRule.Matching(
        "letters, digits and . _ - / + = @, with a #field at the end if one is wanted", "^[A-Za-z0-9/_.+=@-]+(#[^#\\s]+)?$"));

    public static readonly TextShape Team =
        new(TextRule.Matching("a team as org/team", "^[A-Za-z0-9][A-Za-z0-9-]{0,38}/[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}$"));

    public static readonly TextShape RefPattern = new(TextRule.Matching(
        "a branch or tag name without spaces, in which * stands for anything within a path segment, ** across and ? for one character",
        "^[^\\s~^:\\\\\\[]{1,200}$"));

    public static readonly TextShape BranchName =
        new(TextRule.Matching("a branch's name, without spaces and wildcards", "^[^\\s~^:\\\\\\[*?]{1,200}$"));

    /// <summary>Shown by GitHub, part of a check's name, and a tag of stacks: AWS takes no other characters in those.</summary>
    public static readonly TextShape EnvironmentKey =
        new(TextRule.Matching("1 to 100 letters, digits, spaces and . _ : = + - @", "^[\\p{L}\\p{N} _.:=+@-]{1,100}$"));

    private static string NearestName(string text)
    {
        var parts = string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')).Split('-', StringSplitOptions.RemoveEmptyEntries);
        return string.Join('-', parts);
    }
}
