using System.Text.Json;
using Barcelona.GitOps.Commands;
using Barcelona.GitOps.Core.Diagnostics;

namespace Barcelona.GitOps.Tests.Commands;

public sealed class ValidateCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("validate-");

    private const string Good = "environments:\n  production:\n    name: shop\n";

    private const string FiveMistakes = """
        environments:
          production:
            name: sinatra--demo
            image_name: k2nr/sinatra-barcelona
            services:
              - name: web
                service_type: webb
                cpu: "32"
                memory: 128
                memory: 256
                command: bundle exec ruby main.rb
                listners: []
        """;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_good_file_exits_0()
    {
        var path = Write("barcelona.yml", Good);
        Assert.Equal((0, "0 errors, 0 warnings\n"), Run(path));
    }

    [Fact]
    public void Two_files_of_one_district_are_named()
    {
        const string district = "region: eu-west-1\naccount: \"123456789012\"\n";
        var folder = _folder.CreateSubdirectory("districts").FullName;
        File.WriteAllText(Path.Combine(folder, "default.yml"), district);
        File.WriteAllText(Path.Combine(folder, "default.yaml"), district);

        var (exit, output) = Run(folder);

        Assert.Equal(1, exit);
        Assert.Contains("BCN007", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Five_mistakes_give_five_lines_in_the_form_that_editors_know_and_exit_1()
    {
        var path = Write("barcelona.yml", FiveMistakes);
        var (exit, output) = Run(path);

        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(1, exit);
        Assert.Equal("5 errors, 0 warnings", lines[^1]);
        Assert.Equal(["(3,11): error BCN037", "(7,23): error BCN035", "(8,14): error BCN033", "(10,9): error BCN018", "(12,9): error BCN030"],
            lines[..^1].Select(l => l[path.Length..l.IndexOf(": ", l.IndexOf("error", StringComparison.Ordinal), StringComparison.Ordinal)]));
    }

    [Fact]
    public void A_folder_means_its_barcelona_yml()
    {
        Write("barcelona.yml", FiveMistakes);
        Assert.Equal(1, Run(_folder.FullName).Exit);
    }

    [Theory]
    [InlineData("yml")]
    [InlineData("yaml")]
    public void A_platform_repository_means_its_districts(string ending)
    {
        _folder.CreateSubdirectory("districts");
        Write($"districts/default.{ending}", "region: nowhere\naccount: \"123456789012\"\nnetwork: {}\ncluster: {}\n");
        var (exit, output) = Run(_folder.FullName);
        Assert.Equal(1, exit);
        Assert.Contains($"default.{ending}(1,9): error BCN037", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_exits_1()
    {
        var (exit, output) = Run(Path.Combine(_folder.FullName, "nothing.yml"));
        Assert.Equal(1, exit);
        Assert.Contains("nothing.yml(1,1): error BCN006: There is no such file.", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_symbolic_link_is_not_followed()
    {
        var target = Write("real.yml", Good);
        var link = Path.Combine(_folder.FullName, "barcelona.yml");
        File.CreateSymbolicLink(link, target);
        Assert.Contains("symbolic link", Run(link).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Annotations_carry_the_place_and_escape_what_github_would_read_as_syntax()
    {
        var diagnostic = new Diagnostic("BCN999", Severity.Error, new("a,b:c.yml", 3, 5, 3, 9), "100% wrong\nreally", "Mend it.");
        Assert.Equal("::error file=a%2Cb%3Ac.yml,line=3,endLine=3,endColumn=9,col=5,title=BCN999::100%25 wrong%0Areally Mend it.",
            ValidateOutput.ForGitHub(diagnostic));
    }

    [Fact]
    public void Json_lists_every_diagnostic_for_programs()
    {
        var (exit, output) = Run(Write("barcelona.yml", FiveMistakes), "--format", "json");
        using var document = JsonDocument.Parse(output);
        Assert.Equal(1, exit);
        Assert.Equal(5, document.RootElement.GetArrayLength());
        Assert.Equal(("BCN037", "error", 3, 11),
            (document.RootElement[0].GetProperty("code").GetString(), document.RootElement[0].GetProperty("severity").GetString(),
            document.RootElement[0].GetProperty("line").GetInt32(), document.RootElement[0].GetProperty("column").GetInt32()));
    }

    private string Write(string name, string content)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, content);
        return path;
    }

    private static (int Exit, string Output) Run(params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        var exit = ValidateCommand.Create().Parse(arguments).Invoke(new() { Output = output });
        return (exit, output.ToString());
    }
}
