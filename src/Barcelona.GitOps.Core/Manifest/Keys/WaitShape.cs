using System.Text.Json.Nodes;
using Barcelona.GitOps.Core.Shapes;
using Barcelona.GitOps.Core.Yaml;

namespace Barcelona.GitOps.Core.Manifest.Keys;

/// <summary>A duration, or <c>false</c> for no waiting at all, which reads as zero.</summary>
internal sealed class WaitShape : Shape<TimeSpan>
{
    private readonly DurationShape _duration = new(TimeSpan.FromSeconds(1), TimeSpan.FromHours(24));

    public override string Allowed => _duration.Allowed.TrimEnd(',') + ", or false,";

    public override bool TryRead(YamlNode node, Reading reading, out TimeSpan value)
    {
        value = TimeSpan.Zero;
        return node is YamlScalar scalar && YamlScalars.TryFlag(scalar, out var waits) && !waits || _duration.TryRead(node, reading, out value);
    }

    public override JsonObject Describe() => new()
    {
        ["anyOf"] = new JsonArray(_duration.Describe(), new JsonObject { ["enum"] = new JsonArray([false, .. YamlScalars.FalseWords.Select(w => (JsonNode)w)]) }),
    };
}
