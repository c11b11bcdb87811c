using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Yaml;

namespace Barcelona.GitOps.Core.Shapes.Scalars;

/// <summary>A time span with its unit: 90s, 30m, 1h30m. Bounds are both allowed.</summary>
internal sealed partial class DurationShape(TimeSpan min, TimeSpan max) : Shape<TimeSpan>
{
    /// <summary>Also <c>false</c>, which reads as zero.</summary>
    public bool MayBeOff { get; init; }

    public override string Allowed => $"a duration like 90s, 30m or 1h30m, from {Print(min)} to {Print(max)}{(MayBeOff ? ", or false" : "")}";

    public override bool TryRead(YamlNode node, Reading reading, out TimeSpan value)
    {
        value = default;
        if (node is not YamlScalar scalar)
        {
            return WrongForm(node, reading);
        }

        if (MayBeOff && YamlScalars.TryFlag(scalar, out var isOn) && !isOn)
        {
            return true;
        }

        if (TryParse(scalar.Text, out value) && value >= min && value <= max)
        {
            return true;
        }

        var hint =
            scalar.Text.Length is > 0 and < 6 && scalar.Text.All(char.IsAsciiDigit) ? $"Write the unit: '{scalar.Text}s' or '{scalar.Text}m'." : "";
        reading.Log.Add(KeyDiagnostics.Duration(node.Span, reading.Subject, scalar.Quoted, (Allowed, hint)));
        return false;
    }

    public override JsonObject Describe()
    {
        var duration = new JsonObject { ["type"] = "string", ["pattern"] = "^(?=[0-9])([0-9]{1,4}h)?([0-9]{1,4}m)?([0-9]{1,5}s)?$" };
        return MayBeOff
            ? new()
            {
                ["anyOf"] = new JsonArray(
                duration, new JsonObject { ["enum"] = new JsonArray([false, .. YamlScalars.FalseWords.Select(w => (JsonNode)w)]) })
            }
            : duration;
    }

    private static bool TryParse(string text, out TimeSpan value)
    {
        var match = Pattern().Match(text);
        value = match.Success ? new TimeSpan(Part(match.Groups[1]), Part(match.Groups[2]), Part(match.Groups[3])) : default;
        return match.Success && text.Length > 0;
    }

    private static int Part(Group group) => group.Success ? int.Parse(group.ValueSpan, CultureInfo.InvariantCulture) : 0;

    private static string Print(TimeSpan span) =>
        span >= TimeSpan.FromHours(1) && span.TotalHours % 1 == 0 ? $"{span.TotalHours}h"
        : span >= TimeSpan.FromMinutes(1) && span.TotalMinutes % 1 == 0 ? $"{span.TotalMinutes}m" : $"{span.TotalSeconds}s";

    [GeneratedRegex(@"\A(?:([0-9]{1,4})h)?(?:([0-9]{1,4})m)?(?:([0-9]{1,5})s)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
