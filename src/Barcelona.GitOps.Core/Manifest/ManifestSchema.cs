using Barcelona.GitOps.Core.Manifest.Keys;
using Barcelona.GitOps.Core.Shapes;

namespace Barcelona.GitOps.Core.Manifest;

/// <summary>The JSON Schema of barcelona.yml, from the definitions that the parser reads by; schema/barcelona.schema.json is its copy.</summary>
public static class ManifestSchema
{
    public static string Write() => SchemaDocument.Write("barcelona.yml", FileKeys.File);
}
