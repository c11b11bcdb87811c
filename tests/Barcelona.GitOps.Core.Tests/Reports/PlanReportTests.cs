using Barcelona.GitOps.Core.Planning;
using Barcelona.GitOps.Core.Reports;
using Barcelona.GitOps.Core.Tests.Golden;
using Barcelona.GitOps.Core.Tests.Planning;
using Barcelona.GitOps.Core.Tests.Templates;

namespace Barcelona.GitOps.Core.Tests.Reports;

public sealed class PlanReportTests
{
    private static readonly string Folder = GoldenFile.Folder("cases");

    [Fact]
    public void A_plan_of_a_change_shows_old_and_new_and_what_is_replaced()
    {
        var before = Sinatra("k2nr/sinatra-barcelona:v1");
        var after = Sinatra("k2nr/sinatra-barcelona:v2", yaml => yaml
            .Replace("memory: 128", "memory: 512\n        capacity: fargate", StringComparison.Ordinal)
            .Replace(
                "    services:",
                "    environment: [{name: RAILS_ENV, value: production}, {name: SECRET_KEY_BASE, value: s3cr3t}]\n    services:",
                StringComparison.Ordinal));

        var plan = Planner.Plan(after, Applied.To(Applied.Nothing, before));

        GoldenFile.Matches(Path.Combine(Folder, "plan.txt"), PlanText.Of(plan));
        GoldenFile.Matches(Path.Combine(Folder, "plan.md"), PlanMarkdown.Of(plan));
        Assert.DoesNotContain("s3cr3t", PlanText.Of(plan) + PlanMarkdown.Of(plan), StringComparison.Ordinal);
    }

    private static DesiredState Sinatra(string image, Func<string, string>? change = null)
    {
        var yaml = File.ReadAllText(Path.Combine(TemplateCases.Folder, "sinatra", "barcelona.yml"));
        return Example.Desired(Example.Release(change is null ? yaml : change(yaml)) with { Image = image });
    }
}
