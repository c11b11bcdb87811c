using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Barcelona.GitOps.Core.Shapes;

/// <summary>A whole JSON Schema as a file: draft 7, which every editor's YAML support knows.</summary>
internal static class SchemaDocument
{
    private static readonly JsonSerializerOptions Readable =
        new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write<T>(string title, Shape<T> file)
    {
        var document = new JsonObject { ["$schema"] = "http://json-schema.org/draft-07/schema#", ["title"] = title };
        foreach (var (name, value) in file.Describe().ToList())
        {
            document[name] = value?.DeepClone();
        }

        return document.ToJsonString(Readable) + "\n";
    }
}
