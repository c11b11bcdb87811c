using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Manifest;
using Barcelona.GitOps.Core.Tests.Golden;
using Barcelona.GitOps.Core.Yaml;
using CsCheck;
using NJsonSchema;

namespace Barcelona.GitOps.Core.Tests.Manifest;

/// <summary>Editors and the service say the same: what the parser takes the schema takes, and what the schema can express it refuses alike.</summary>
public sealed class SchemaAgreementTests
{
    // Unknown and missing keys, forms, numbers, flags, words, exclusive keys and list lengths can be said in JSON Schema. Not: durations out
    // of range, text rules for values that are written as numbers, names given twice, rules across keys.
    private static readonly string[] Expressible =
        ["BCN030", "BCN031", "BCN032", "BCN033", "BCN034", "BCN035", "BCN039", "BCN040", "BCN041", "BCN100"];

    private static readonly string[] Words =
    [
        "~", "true", "yes", "off", "0", "1", "80", "-1", "1.5", "70000", "\"5\"", "text", "text with space", "\"\"", "[]", "{}", "[a]", "[1, ~]",
        "{a: b}", "web", "default", "30m", "1h30m",
        "90", "/", "main", "v*", "acme/ops", "{name: A, value: b}", "[{name: A, value: b}]", "[{name: A}]", "{A: {value: b}}",
        "{A: {value: b, secret: c}}", "fargate", "cron(0 1 ? * MON-FRI *)",
    ];

    private static readonly string Everything = File.ReadAllText(Path.Combine(GoldenFile.Folder("cases"), "everything.yml"));

    [Fact]
    public async Task Files_of_all_keys_with_any_of_their_values_replaced_are_judged_alike()
    {
        var schema = await JsonSchema.FromJsonAsync(ManifestSchema.Write(), TestContext.Current.CancellationToken);
        var places = Places(Everything);
        Gen.Select(Gen.Int[0, places.Count - 1], Gen.Int[0, Words.Length - 1]).Sample((place, word) =>
            Judge(schema, Replace(Everything, places[place], Words[word])), iter: 3000, threads: 1);
    }

    [Fact]
    public async Task Files_with_any_of_their_keys_misspelt_or_gone_are_judged_alike()
    {
        var schema = await JsonSchema.FromJsonAsync(ManifestSchema.Write(), TestContext.Current.CancellationToken);
        foreach (var key in Keys(Everything))
        {
            Judge(schema, Replace(Everything, key, "misspelt"));
            Judge(schema, Replace(Everything, key, "x-free"));
        }
    }

    [Fact]
    public async Task Every_golden_file_that_the_parser_takes_the_schema_takes()
    {
        var schema = await JsonSchema.FromJsonAsync(ManifestSchema.Write(), TestContext.Current.CancellationToken);
        foreach (var file in Directory.GetFiles(GoldenFile.Folder("cases"), "*.yml"))
        {
            Judge(schema, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        }
    }

    private static void Judge(JsonSchema schema, string yaml)
    {
        var parsed = ManifestParser.Parse("barcelona.yml", Encoding.UTF8.GetBytes(yaml));
        if (YamlReader.Read("barcelona.yml", Encoding.UTF8.GetBytes(yaml), new DiagnosticLog()) is not { } document)
        {
            return;
        }

        var complaints = schema.Validate((ToJson(document) ?? "").ToJsonString());
        if (!parsed.HasErrors)
        {
            Assert.True(complaints.Count == 0, $"The parser takes it, the schema does not: {string.Join("; ", complaints)}\n{yaml}");
        }
        else if (parsed.Diagnostics.FirstOrDefault(d => Expressible.Contains(d.Code, StringComparer.Ordinal)) is { } said)
        {
            Assert.True(complaints.Count > 0, $"The schema takes it, the parser says {said}\n{yaml}");
        }
    }

    private static JsonNode? ToJson(YamlNode node) => node switch
    {
        YamlScalar { IsNull: true } => null,
        YamlScalar scalar when YamlScalars.TryFlag(scalar, out var flag) && scalar.Text.Length > 3 => flag,
        YamlScalar scalar when YamlScalars.TryWhole(scalar, out var number) => number,
        YamlScalar { IsPlain: true } scalar when double.TryParse(scalar.Text, CultureInfo.InvariantCulture, out var number) => number,
        YamlScalar scalar => scalar.Text,
        YamlList list => new JsonArray([.. list.Items.Select(ToJson)]),
        YamlMap map => new JsonObject(map.Entries.Select(e => KeyValuePair.Create(e.Key.Text, ToJson(e.Value)))),
        _ => throw new ArgumentOutOfRangeException(nameof(node)),
    };

    private static List<SourceSpan> Keys(string yaml) => [.. All(Read(yaml)).OfType<YamlMap>().SelectMany(m => m.Entries).Select(e => e.Key.Span)];

    private static List<SourceSpan> Places(string yaml) => [.. All(Read(yaml)).OfType<YamlScalar>().Select(s => s.Span)];

    private static IEnumerable<YamlNode> All(YamlNode node) => node switch
    {
        YamlList list => list.Items.SelectMany(All).Prepend(list),
        YamlMap map => map.Entries.SelectMany(e => All(e.Value)).Prepend(map),
        _ => [node],
    };

    private static YamlNode Read(string yaml) =>
        YamlReader.Read("barcelona.yml", Encoding.UTF8.GetBytes(yaml), new DiagnosticLog())
            ?? throw new InvalidOperationException("The example is broken.");

    private static string Replace(string yaml, SourceSpan span, string with)
    {
        var lines = yaml.Split('\n');
        var line = lines[span.Line - 1];
        lines[span.Line - 1] = line[..(span.Column - 1)] + with + line[(span.EndColumn - 1)..];
        return string.Join('\n', lines);
    }
}
