using Barcelona.GitOps.Core.Districts;
using Barcelona.GitOps.Core.Manifest;
using Barcelona.GitOps.Core.Tests.Golden;

namespace Barcelona.GitOps.Core.Tests.Manifest;

public sealed class SchemaTests
{
    private const string Marker = "<!-- From here on written from the code";

    [Fact]
    public void The_schema_of_barcelona_yml_is_the_one_that_the_parser_reads_by() =>
        GoldenFile.Matches(RepositoryRoot.Of("schema", "barcelona.schema.json"), ManifestSchema.Write());

    [Fact]
    public void The_schema_of_district_files_is_the_one_that_the_parser_reads_by() =>
        GoldenFile.Matches(RepositoryRoot.Of("schema", "district.schema.json"), DistrictSchema.Write());

    [Fact]
    public void The_reference_lists_every_key_with_its_type_and_default()
    {
        var path = RepositoryRoot.Of("docs", "barcelona-yml.md");
        var text = File.ReadAllText(path).ReplaceLineEndings("\n");
        var written = text[..(text.IndexOf('\n', text.IndexOf(Marker, StringComparison.Ordinal)) + 1)];
        var tables = $"## Keys of barcelona.yml\n{SchemaTables.Of(ManifestSchema.Write())}\n"
            + $"## Keys of districts/<name>.yml\n{SchemaTables.Of(DistrictSchema.Write())}";
        GoldenFile.Matches(path, $"{written}\n{tables}");
    }
}
