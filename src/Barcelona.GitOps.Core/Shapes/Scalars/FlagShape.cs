using System.Text.Json.Nodes;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Yaml;

namespace Barcelona.GitOps.Core.Shapes.Scalars;

/// <summary>True or false, also in the spellings of YAML 1.1, which editors that follow YAML 1.2 take for text.</summary>
internal sealed class FlagShape : Shape<bool>
{
    public override string Allowed => "true or false";

    public override bool TryRead(YamlNode node, Reading reading, out bool value)
    {
        value = false;
        if (node is not YamlScalar scalar)
        {
            return WrongForm(node, reading);
        }

        if (YamlScalars.TryFlag(scalar, out value))
        {
            return true;
        }

        reading.Log.Add(KeyDiagnostics.Flag(node.Span, reading.Subject, scalar.Quoted));
        return false;
    }

    public override JsonObject Describe() => new()
    {
        ["enum"] = new JsonArray([true, false, .. YamlScalars.TrueWords.Concat(YamlScalars.FalseWords).Select(w => (JsonNode)w)]),
    };
}
