using System.Text;
using System.Text.Json.Nodes;
using Barcelona.GitOps.Core.Planning;
using Barcelona.GitOps.Core.Templates;
using Barcelona.GitOps.Core.Tests.Golden;

namespace Barcelona.GitOps.Core.Tests.Templates;

/// <summary>Each folder of cases has a barcelona.yml and, beside it, the templates and all else that its release sends to AWS.</summary>
public sealed class TemplateCases
{
    public static readonly string Folder = GoldenFile.Folder("cases");

    public static TheoryData<string> Names => [.. Directory.GetDirectories(Folder).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_release_becomes_the_templates_beside_its_file(string name)
    {
        var folder = Path.Combine(Folder, name);
        var built = DesiredStateBuilder.Build(Example.Release(File.ReadAllText(Path.Combine(folder, "barcelona.yml"))));

        var desired = Assert.IsType<DesiredState>(built.Value);
        GoldenFile.Matches(Path.Combine(folder, "heritage.template.json"), CanonicalJson.Indent(desired.HeritageStack.TemplateBody));
        GoldenFile.Matches(Path.Combine(folder, "app.template.json"), CanonicalJson.Indent(desired.AppStack.TemplateBody));
        GoldenFile.Matches(Path.Combine(folder, "tasks.json"), Tasks(desired));
        GoldenFile.Matches(Path.Combine(folder, "release.txt"), string.Concat(built.Diagnostics.Select(d => d + "\n")) + Stacks(desired));
    }

    private static string Tasks(DesiredState desired) =>
        CanonicalJson.Indent(new JsonArray([.. desired.TaskDefinitions.Select(t => JsonNode.Parse(t.Content))]).ToJsonString());

    private static string Stacks(DesiredState desired)
    {
        var text = new StringBuilder();
        var app = desired.AppStackWith(
            desired.TaskDefinitions.ToDictionary(t => t.Name, t => $"arn:aws:ecs:ap-northeast-1:123456789012:task-definition/{t.Family}:1"),
            desired.FromHeritage.ToDictionary(n => n, n => $"arn:aws:iam::123456789012:role/{n}"),
            "1");
        foreach (var stack in new[] { desired.HeritageStack, app })
        {
            text.Append(stack.Name).Append('\n');
            foreach (var (name, value) in stack.Parameters)
            {
                text.Append("  ").Append(name).Append(" = ").Append(value).Append('\n');
            }

            foreach (var (name, value) in stack.Tags)
            {
                text.Append("  #").Append(name).Append(" = ").Append(value).Append('\n');
            }
        }

        foreach (var task in desired.TaskDefinitions)
        {
            text.Append(task.Name).Append(' ').Append(task.Family).Append(' ').Append(task.ContentHash).Append('\n');
        }

        return text.ToString();
    }
}
