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

    /// <summary>A folder-like path of SSM or Secrets Manager.</summary>
    public static readonly TextShape SecretPath = new(TextRule.Matching(
        "letters, digits and . _ - / + = @, and for a secret a #field at the end", "^[A-Za-z0-9/_.+=@-]+(#[^#\\s]+)?$"));

    public static readonly TextShape Team =
        new(TextRule.Matching("a team as org/team", "^[A-Za-z0-9][A-Za-z0-9-]{0,38}/[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}$"));

    public static readonly TextShape RefPattern = new(TextRule.Matching(
        "a branch or tag name without spaces, in which * stands for anything within a path segment, ** across and ? for one character",
        "^[^\\s~^:\\\\\\[]{1,200}$"));

    /// <summary>Shown by GitHub and part of a check's name.</summary>
    public static readonly TextShape EnvironmentKey =
        new(TextRule.Matching("1 to 100 characters, no slash and no line break", "^[^/\\r\\n\\t]{1,100}$"));

    private static string NearestName(string text)
    {
        var parts = string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')).Split('-', StringSplitOptions.RemoveEmptyEntries);
        return string.Join('-', parts);
    }
}
