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

    // https://github.com/distribution/reference/blob/main/regexp.go, and what an address can hold: labels of 63 characters, ports up to 65535.
    private const string Label = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    private const string Port = "([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])";
    private const string Host = $"({Label}(\\.{Label})+(:{Port})?|{Label}:{Port})";
    private const string Undotted = "[a-z0-9]+((_|__|-+)[a-z0-9]+)*", Part = "[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*";

    // What is in front of a slash and has a dot is a host, whatever else it looks like.
    public static readonly TextShape Name = new(TextRule.Matching("an image without tag and digest, like quay.io/acme/shop",
        $"^({Host}(/{Part})+|{Undotted}(/{Part})+|{Part})$"))
    {
        Hint = text => text.LastIndexOf(':') > text.LastIndexOf('/') ? "The tag goes into image_tag."
            : text.Contains(':', StringComparison.Ordinal) ? "A port is between 1 and 65535."
            : "",
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
