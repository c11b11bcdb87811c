using System.Text;
using Barcelona.GitOps.Core.Templates;
using Barcelona.GitOps.Core.Tests.Golden;

namespace Barcelona.GitOps.Core.Tests.Templates.Districts;

/// <summary>Each cases/*.yml is a district file; beside it are the template of its stack and all else that is sent with it.</summary>
public sealed class DistrictTemplateCases
{
    public static readonly string Folder = GoldenFile.Folder("cases");

    public static TheoryData<string> Names =>
        [.. Directory.GetFiles(Folder, "*.yml").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_district_becomes_the_template_beside_its_file(string name)
    {
        var stack = DistrictExample.Stack(DistrictExample.Parse(File.ReadAllText(Path.Combine(Folder, name + ".yml")), name));

        GoldenFile.Matches(Path.Combine(Folder, name + ".template.json"), CanonicalJson.Indent(stack.TemplateBody));
        GoldenFile.Matches(Path.Combine(Folder, name + ".txt"), Text(stack));
    }

    private static string Text(StackSpec stack)
    {
        var text = new StringBuilder($"{stack.Name}{(stack.MakesRoles ? " with roles" : "")}\n");
        text.AppendJoin("", stack.Parameters.Select(p => $"  {p.Key} = {p.Value}\n"));
        text.AppendJoin("", stack.Tags.Select(t => $"  #{t.Key} = {t.Value}\n"));
        return text.ToString();
    }
}
