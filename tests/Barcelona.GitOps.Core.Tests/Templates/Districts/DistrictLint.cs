namespace Barcelona.GitOps.Core.Tests.Templates.Districts;

/// <summary>The templates of districts against the public resource schemas, in three regions, all in one process.</summary>
public sealed class DistrictLint
{
    /// <summary>It works on one core, and takes two seconds to start.</summary>
    private const int MostAtOnce = 30;

    /// <summary>A template takes a second, so that the golden ones that are like these are left to the long run.</summary>
    [Fact]
    public Task Cfn_lint_prints_nothing_for_districts_in_which_each_two_choices_meet() => Lint(DistrictVariants.Pairwise, "existing-*.template.json");

    [Fact]
    [Trait("Category", "Long")]
    public Task Cfn_lint_prints_nothing_for_any_district() => Lint(DistrictVariants.Wide, "*.template.json");

    private static async Task Lint(IEnumerable<(string Name, Core.Districts.District District)> variants, string golden)
    {
        var folder = Directory.CreateTempSubdirectory("barcelona-districts-");
        try
        {
            foreach (var (name, district) in variants)
            {
                var file = Path.Combine(folder.FullName, name + ".template.json");
                await File.WriteAllTextAsync(file, DistrictExample.Stack(district).TemplateBody, TestContext.Current.CancellationToken);
            }

            string[] files = [.. Directory.GetFiles(folder.FullName), .. Directory.GetFiles(DistrictTemplateCases.Folder, golden)];
            await Task.WhenAll(files.Chunk(MostAtOnce).Select(some => CfnLint.FindsNothing(DistrictVariants.Regions, some)));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
