using System.Text.Json.Nodes;
using Barcelona.GitOps.Commands;

namespace Barcelona.GitOps.Tests.Commands;

public sealed class DistrictRoleCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("district-role-");

    private const string Good = """
        region: ap-northeast-1
        account: "123456789012"
        external_id: 3f9c
        network: {nat_type: managed_gateway}
        cluster: {instance_types: [t3.small]}
        """;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void It_prints_a_template_and_nothing_else()
    {
        var (exit, output, _) = Run(Good);

        Assert.Equal(0, exit);
        Assert.Equal("barcelona-default", JsonNode.Parse(output)?["Resources"]?["Role"]?["Properties"]?["RoleName"]?.GetValue<string>());
        Assert.Equal(output.Length - 1, output.IndexOf('\n', StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_may_end_in_yaml_too()
    {
        File.WriteAllText(Path.Combine(_folder.CreateSubdirectory("districts").FullName, "default.yaml"), Good);

        Assert.Equal(0, Run(content: null).Exit);
    }

    [Fact]
    public void Mistakes_in_the_file_are_said_on_standard_error_at_their_place()
    {
        var (exit, output, error) = Run(Good.Replace("region: ap-northeast-1", "region: Tokyo", StringComparison.Ordinal));

        Assert.Equal((1, ""), (exit, output));
        Assert.Contains("default.yml(1,9): error BCN", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_district_without_a_file_is_an_error()
    {
        var (exit, output, error) = Run(content: null);

        Assert.Equal((1, ""), (exit, output));
        Assert.Contains("BCN006", error, StringComparison.Ordinal);
    }

    private (int Exit, string Output, string Error) Run(string? content)
    {
        if (content is not null)
        {
            File.WriteAllText(Path.Combine(_folder.CreateSubdirectory("districts").FullName, "default.yml"), content);
        }

        using var output = new StringWriter();
        using var error = new StringWriter();
        var parsed = BarcelonaCommand.Create().Parse(["district-role", "default", "--platform", _folder.FullName]);
        return (parsed.Invoke(new() { Output = output, Error = error }), output.ToString(), error.ToString());
    }
}
