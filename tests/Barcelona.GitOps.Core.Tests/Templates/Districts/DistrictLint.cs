namespace Barcelona.GitOps.Core.Tests.Templates.Districts;

/// <summary>The templates of districts against the public resource schemas, in three regions, all in one process.</summary>
public sealed class DistrictLint
{
    [Fact]
    public Task Cfn_lint_prints_nothing_for_districts_in_which_each_two_choices_meet() => Lint(DistrictVariants.Pairwise, DistrictTemplateCases.Folder);

    [Fact]
    [Trait("Category", "Long")]
    public Task Cfn_lint_prints_nothing_for_any_district() => Lint(DistrictVariants.All);

    private static async Task Lint(IEnumerable<(string Name, Core.Districts.District District)> variants, string? golden = null)
    {
        var folder = Directory.CreateTempSubdirectory("barcelona-districts-");
        try
        {
            foreach (var (name, district) in variants)
            {
                await File.WriteAllTextAsync(
                    Path.Combine(folder.FullName, name + ".template.json"), DistrictExample.Stack(district).TemplateBody, TestContext.Current.CancellationToken);
            }

            var written = Directory.GetFiles(folder.FullName);
            await CfnLint.FindsNothing(DistrictVariants.Regions, golden is null ? written : [.. written, .. Directory.GetFiles(golden, "*.template.json")]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
