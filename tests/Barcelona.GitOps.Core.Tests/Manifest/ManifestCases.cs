using Barcelona.GitOps.Core.Manifest;
using Barcelona.GitOps.Core.Tests.Golden;

namespace Barcelona.GitOps.Core.Tests.Manifest;

/// <summary>Each cases/*.yml has its diagnostics and, where it is usable, its manifest beside it.</summary>
public sealed class ManifestCases
{
    private static readonly string Folder = GoldenFile.Folder("cases");

    public static TheoryData<string> Names =>
        [.. Directory.GetFiles(Folder, "*.yml").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_file_reads_as_the_expectation_beside_it_says(string name)
    {
        var parsed = ManifestParser.Parse(name + ".yml", File.ReadAllBytes(Path.Combine(Folder, name + ".yml")));

        var diagnostics = string.Concat(parsed.Diagnostics.Select(d => d + "\n"));
        GoldenFile.Matches(
            Path.Combine(Folder, name + ".txt"), diagnostics + (parsed.Value is null ? "no manifest\n" : "manifest:" + ModelText.Of(parsed.Value)));
    }
}
