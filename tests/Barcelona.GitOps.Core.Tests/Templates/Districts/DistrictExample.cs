using System.Text;
using System.Text.Json.Nodes;
using Barcelona.GitOps.Core.Districts;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Templates;
using Barcelona.GitOps.Core.Templates.Districts;

namespace Barcelona.GitOps.Core.Tests.Templates.Districts;

/// <summary>District files, and what a district's stack is written from when zones and images have been looked up.</summary>
internal static class DistrictExample
{
    public static District Parse(string yaml, string name = "default")
    {
        var parsed = DistrictParser.Parse(name, $"districts/{name}.yml", Encoding.UTF8.GetBytes(yaml));
        Assert.False(parsed.HasErrors, string.Join('\n', parsed.Diagnostics));
        return Assert.IsType<District>(parsed.Value);
    }

    /// <param name="keys">Below region, account and repositories.</param>
    public static District With(string keys, string region = "ap-northeast-1") => Parse($$"""
        region: {{region}}
        account: "123456789012"
        repositories: [acme/*]
        {{keys}}
        """);

    public static DistrictInputs Inputs(District district) => new()
    {
        District = district,
        Platform = RepositoryName.Parse("acme/platform"),
        Commit = CommitSha.Parse("0123456789abcdef0123456789abcdef01234567"),
        Zones = district.Network is Network.Made made ? [.. new[] { "a", "c", "d" }.Take(made.Zones).Select(zone => district.Region + zone)] : [],
        ClusterImage = "ami-0c0c0c0c0c0c0c0c0",
        BaseImage = "ami-0b0b0b0b0b0b0b0b0",
    };

    public static StackSpec Stack(District district) => DistrictTemplate.Of(Inputs(district));

    public static JsonObject Template(District district) => Assert.IsType<JsonObject>(JsonNode.Parse(Stack(district).TemplateBody));

    /// <summary>Logical id, type and properties of each resource.</summary>
    public static IEnumerable<(string Id, string Type, JsonObject Properties)> Resources(JsonObject template) =>
        Assert.IsType<JsonObject>(template["Resources"]).Select(r =>
            (r.Key, r.Value?["Type"]?.GetValue<string>() ?? "", r.Value?["Properties"]?.AsObject() ?? []));
}
