using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace Barcelona.GitOps.Core.Templates;

/// <summary>
/// One text per value: properties by name, no insignificant space, ASCII only, because CloudFormation turns what is not into question marks.
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html
/// </summary>
public static class CanonicalJson
{
    private static readonly JavaScriptEncoder Ascii = JavaScriptEncoder.Create(UnicodeRanges.BasicLatin);

    /// <summary>The sections of a template in the order that people read them; what is not named here follows by name.</summary>
    private static readonly string[] Sections = ["AWSTemplateFormatVersion", "Description", "Parameters", "Conditions", "Resources", "Outputs"];

    public static string Write(JsonNode? value) => Write(value, new() { Encoder = Ascii });

    /// <summary>For people and golden files: the same order, indented, nothing escaped that need not be.</summary>
    public static string Indent(string json) =>
        Write(JsonNode.Parse(json), new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }) + "\n";

    private static string Write(JsonNode? value, JsonWriterOptions options)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, options))
        {
            Write(writer, value, isTop: true);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Write(Utf8JsonWriter writer, JsonNode? value, bool isTop = false)
    {
        switch (value)
        {
            case JsonObject properties:
                writer.WriteStartObject();
                foreach (var (name, property) in properties.OrderBy(p => isTop ? RankOf(p.Key) : 0).ThenBy(p => p.Key, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(name);
                    Write(writer, property);
                }

                writer.WriteEndObject();
                break;
            case JsonArray items:
                writer.WriteStartArray();
                foreach (var item in items)
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case null:
                writer.WriteNullValue();
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }

    private static int RankOf(string name) => Array.IndexOf(Sections, name) is >= 0 and var rank ? rank : Sections.Length;
}
