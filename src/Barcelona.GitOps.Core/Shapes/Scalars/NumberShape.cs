using System.Text.Json.Nodes;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Yaml;

namespace Barcelona.GitOps.Core.Shapes.Scalars;

/// <summary>A whole number between two bounds, both allowed.</summary>
internal sealed class NumberShape(int min, int max = int.MaxValue) : Shape<int>
{
    public override string Allowed => max == int.MaxValue ? $"a whole number of at least {min}" : $"a whole number from {min} to {max}";

    public override bool TryRead(YamlNode node, Reading reading, out int value)
    {
        value = 0;
        if (node is not YamlScalar scalar)
        {
            return WrongForm(node, reading);
        }

        if (!YamlScalars.TryWhole(scalar, out var number) || number < min || number > max)
        {
            reading.Log.Add(KeyDiagnostics.Number(node.Span, reading.Subject, scalar.Quoted, Allowed));
            return false;
        }

        value = (int)number;
        return true;
    }

    public override JsonObject Describe()
    {
        var schema = new JsonObject { ["type"] = "integer", ["minimum"] = min };
        if (max != int.MaxValue)
        {
            schema["maximum"] = max;
        }

        return schema;
    }
}
