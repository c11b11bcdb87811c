using System.Text;
using Barcelona.GitOps.Core.Districts;
using Barcelona.GitOps.Core.Tests.Golden;

namespace Barcelona.GitOps.Core.Tests.Districts;

/// <summary>Each cases/*.yml has its diagnostics and, where it is usable, its district beside it.</summary>
public sealed class DistrictCases
{
    private static readonly string Folder = GoldenFile.Folder("cases");

    public static TheoryData<string> Names =>
        [.. Directory.GetFiles(Folder, "*.yml").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_file_reads_as_the_expectation_beside_it_says(string name)
    {
        var parsed = DistrictParser.Parse(name, $"districts/{name}.yml", File.ReadAllBytes(Path.Combine(Folder, name + ".yml")));

        var diagnostics = string.Concat(parsed.Diagnostics.Select(d => d + "\n"));
        GoldenFile.Matches(
            Path.Combine(Folder, name + ".txt"), diagnostics + (parsed.Value is null ? "no district\n" : "district:" + ModelText.Of(parsed.Value)));
    }

    [Theory]
    [InlineData("a--b")]
    [InlineData("-a")]
    [InlineData("")]
    [InlineData("a/b")]
    public void A_districts_name_follows_the_rule_of_all_names(string name) =>
        Assert.Contains("BCN500", DistrictParser.Parse(
            name, "districts/x.yml", Encoding.UTF8.GetBytes("region: eu-west-1\naccount: \"123456789012\"")).Diagnostics.Select(d => d.Code));
}
