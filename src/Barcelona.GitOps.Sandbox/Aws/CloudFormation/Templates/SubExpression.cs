using System.Text.RegularExpressions;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Templates;

/// <summary>The <c>${Name}</c> and <c>${Resource.Attribute}</c> of Fn::Sub; <c>${!Literal}</c> stays as <c>${Literal}</c>.</summary>
internal static partial class SubExpression
{
    public static IEnumerable<string> Names(string text) =>
        Placeholder().Matches(text).Select(match => match.Groups[1].Value.Trim()).Where(name => !name.StartsWith('!'));

    public static string Replace(string text, Func<string, string> value) => Placeholder().Replace(text, match =>
        match.Groups[1].Value.Trim() is var name && name.StartsWith('!') ? "${" + name[1..] + "}" : value(name));

    [GeneratedRegex(@"\$\{([^}]*)\}")]
    private static partial Regex Placeholder();
}
