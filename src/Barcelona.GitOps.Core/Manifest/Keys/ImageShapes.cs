using System.Text.RegularExpressions;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Shapes;
using Barcelona.GitOps.Core.Shapes.Scalars;
using Barcelona.GitOps.Core.Yaml;

namespace Barcelona.GitOps.Core.Manifest.Keys;

/// <summary><c>image_name</c>, <c>image_tag</c> and <c>image_wait</c>.</summary>
internal static partial class ImageShapes
{
    private static readonly string[] Placeholders = ["{sha}", "{short_sha}", "{branch}", "{tag}"];

    public static readonly TextShape Name = new(TextRule.Matching("an image without tag and digest, like quay.io/acme/shop",
        "^([A-Za-z0-9][A-Za-z0-9.-]*(:[0-9]{1,5})?/)?[a-z0-9]+([._/-]+[a-z0-9]+)*$"))
    {
        Hint = text => text.LastIndexOf(':') > text.LastIndexOf('/') ? "The tag goes into image_tag." : "",
    };

    public static readonly Shape<Located<string>> Tag = Texts.NotEmpty.Select((text, node, reading) =>
    {
        foreach (var wrong in Braces().Matches(text).Select(m => m.Value).Where(p => !Placeholders.Contains(p, StringComparer.Ordinal)))
        {
            reading.Log.Add(EnvironmentDiagnostics.Placeholder(node.Span, wrong, Spelling.Hint(wrong, Placeholders)));
        }

        return new Located<string>(text, node.Span);
    });

    /// <summary>Zero: <c>false</c>, do not wait.</summary>
    public static readonly Shape<TimeSpan> Wait = new DurationShape(TimeSpan.FromSeconds(1), TimeSpan.FromHours(24)) { MayBeOff = true };

    [GeneratedRegex(@"\{[^{}]{0,64}\}", RegexOptions.CultureInvariant)]
    private static partial Regex Braces();
}
