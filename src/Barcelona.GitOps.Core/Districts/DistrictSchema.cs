using Barcelona.GitOps.Core.Districts.Keys;
using Barcelona.GitOps.Core.Shapes;

namespace Barcelona.GitOps.Core.Districts;

/// <summary>The JSON Schema of district files, from the definitions that the parser reads by; schema/district.schema.json is its copy.</summary>
public static class DistrictSchema
{
    public static string Write() => SchemaDocument.Write("districts/<name>.yml", DistrictKeys.File("any"));
}
