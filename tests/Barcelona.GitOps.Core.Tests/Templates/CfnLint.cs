using System.ComponentModel;
using System.Diagnostics;

namespace Barcelona.GitOps.Core.Tests.Templates;

/// <summary>The templates against the public resource schemas, in three regions, all in one process.</summary>
public sealed class CfnLint
{
    [Fact]
    public Task Cfn_lint_prints_nothing_for_all_golden_templates() => FindsNothing(
        ["ap-northeast-1", "eu-west-1", "ap-northeast-3"],
        Directory.GetFiles(Path.GetDirectoryName(TemplateCases.Folder) ?? ".", "*.template.json", SearchOption.AllDirectories));

    internal static async Task FindsNothing(string[] regions, string[] templates)
    {
        Assert.NotEmpty(templates);
        var start = new ProcessStartInfo("cfn-lint") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["--regions", .. regions, "--template", .. templates])
        {
            start.ArgumentList.Add(argument);
        }

        using var lint = Start(start);
        var cancellation = TestContext.Current.CancellationToken;
        var errors = lint.StandardError.ReadToEndAsync(cancellation);
        var output = await lint.StandardOutput.ReadToEndAsync(cancellation);
        await lint.WaitForExitAsync(cancellation);

        Assert.Equal("", output + await errors);
        Assert.Equal(0, lint.ExitCode);
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start) ?? throw new InvalidOperationException("cfn-lint did not start.");
        }
        catch (Win32Exception)
        {
            Assert.Skip("cfn-lint is not on PATH: pip install cfn-lint, and the templates are checked against the public schemas.");
            throw;
        }
    }
}
