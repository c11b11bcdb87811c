using System.Text.Json.Nodes;
using Barcelona.GitOps.Core.Shapes;
using Barcelona.GitOps.Core.Yaml;

namespace Barcelona.GitOps.Core.Manifest.Keys;

/// <summary>A map that is looked at no further.</summary>
internal sealed class FreeMapShape : Shape<string>
{
    public override string Allowed => "a map";

    public override bool TryRead(YamlNode node, Reading reading, out string value)
    {
        value = "";
        return node is YamlMap || WrongForm(node, reading);
    }

    public override JsonObject Describe() => new() { ["type"] = "object" };
}
