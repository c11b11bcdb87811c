using System.Collections.Immutable;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Planning;
using Barcelona.GitOps.Core.Reports;
using Barcelona.GitOps.Core.Tests.Golden;
using Barcelona.GitOps.Core.Tests.Planning;
using Barcelona.GitOps.Core.Tests.Templates;

namespace Barcelona.GitOps.Core.Tests.Reports;

public sealed class CheckRunTextTests
{
    private static readonly string Folder = GoldenFile.Folder("cases");

    private static readonly Plan FirstPlan = Planner.Plan(Sinatra("k2nr/sinatra-barcelona:v1"), Applied.Nothing);

    private static readonly RunSubject Subject = new(
        new("default", "sinatra-demo"), "production", CommitSha.Parse(new string('a', 40)), GitRef.Branch("feature/@everyone`x"), "k2nr/sinatra-barcelona:v1");

    private static readonly ImmutableArray<ProgressLine> Progress =
        [new("heritage stack", ProgressState.Done), new("app stack", ProgressState.Running, "1 of 2 tasks run"), new("verdict", ProgressState.Waiting)];

    public static TheoryData<string> Names => [.. Reports.Keys.Order(StringComparer.Ordinal)];

    private static Dictionary<string, RunReport> Reports { get; } = new()
    {
        ["queued"] = new RunReport.Queued("Another run of default/sinatra-demo goes first."),
        ["in-progress"] = new RunReport.InProgress(FirstPlan, Progress),
        ["succeeded"] = new RunReport.Succeeded(FirstPlan, Progress, "7"),
        ["nothing-to-change"] = new RunReport.Succeeded(FirstPlan with { Steps = [], Changes = [] }, [], "7"),
        ["failed"] = new RunReport.Failed(
            new FailureCause.ExitCode("web", 1, ["Essential container in task exited", "```\n@acme/ops DB_PASSWORD=s3cr3t"]),
            Progress, ["booting", "connecting to postgres://shop:s3cr3t@db/shop", "<img src=x> ``` @acme"], new("https://console.aws.amazon.com/logs?a=(1)")),
        ["superseded"] = new RunReport.Superseded(CommitSha.Parse(new string('b', 40))),
        ["rejected"] = new RunReport.Rejected(
            [new("BCN101", Severity.Error, new("barcelona.yml", 3, 5, 3, 9), "Found '@team <b>'.", "Did you mean x?"), new("BCN206", Severity.Warning, Example.Nowhere, "Both.")]),
        ["refused"] = new RunReport.Refused(FirstPlan, [new(RefusalKind.Older, "What runs, v2, is newer than this.", "Go forward.")]),
        ["valid"] = new RunReport.Valid([], ["production", "staging"]),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void A_run_says_of_itself_what_the_file_of_its_state_has(string name)
    {
        var text = CheckRunText.Of(Reports[name], Subject);

        GoldenFile.Matches(Path.Combine(Folder, name + ".md"), $"# {text.Title}\n\n{text.Summary}\n\n---\n\n{text.Text}");
        Assert.DoesNotContain("s3cr3t", text.Title + text.Summary + text.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_of_a_change_shows_old_and_new_and_what_is_replaced()
    {
        var before = Sinatra("k2nr/sinatra-barcelona:v1");
        var after = Sinatra("k2nr/sinatra-barcelona:v2", yaml => yaml
            .Replace("memory: 128", "memory: 512\n        capacity: fargate", StringComparison.Ordinal)
            .Replace("    services:", "    environment: [{name: RAILS_ENV, value: production}, {name: SECRET_KEY_BASE, value: s3cr3t}]\n    services:", StringComparison.Ordinal));

        var plan = Planner.Plan(after, Applied.To(Applied.Nothing, before));

        GoldenFile.Matches(Path.Combine(Folder, "plan.txt"), PlanText.Of(plan));
        GoldenFile.Matches(Path.Combine(Folder, "plan.md"), PlanMarkdown.Of(plan));
        Assert.DoesNotContain("s3cr3t", PlanText.Of(plan) + PlanMarkdown.Of(plan), StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_there_is_to_say_it_is_within_githubs_limits()
    {
        var many = Enumerable.Range(0, 5000).Select(i => new Diagnostic("BCN101", Severity.Error, new("barcelona.yml", i + 1, 1, i + 1, 2), string.Concat(Enumerable.Repeat("👩", 200)))).ToImmutableArray();
        var changes = Enumerable.Range(0, 5000).Select(i => new ResourceChange(ChangeKind.Created, "stack", $"R{i}", "T", [])).ToImmutableArray();

        RunReport[] reports = [new RunReport.Rejected(many), new RunReport.InProgress(FirstPlan with { Changes = changes }, Progress)];

        Assert.All(reports, r =>
        {
            var text = CheckRunText.Of(r, Subject);
            Assert.InRange(text.Text.Length, 1, TextLimit.CheckRun - 1);
            Assert.InRange(text.Title.Length, 1, 255);
        });
    }

    [Fact]
    public void Annotations_come_in_batches_of_fifty_and_have_columns_only_within_a_line()
    {
        var diagnostics = Enumerable.Range(1, 101).Select(i => new Diagnostic("BCN101", Severity.Warning, new("barcelona.yml", i, 3, i == 101 ? i + 1 : i, 9), "No."));

        var batches = AnnotationBatches.Of(diagnostics);

        Assert.Equal([50, 50, 1], batches.Select(b => b.Length));
        Assert.Equal(new("barcelona.yml", 1, 1, 3, 9, "warning", "BCN101", "No."), batches[0][0]);
        Assert.Equal((101, 102, (int?)null), (batches[2][0].StartLine, batches[2][0].EndLine, batches[2][0].StartColumn));
    }

    private static DesiredState Sinatra(string image, Func<string, string>? change = null)
    {
        var yaml = File.ReadAllText(Path.Combine(TemplateCases.Folder, "sinatra", "barcelona.yml"));
        return Example.Desired(Example.Release(change is null ? yaml : change(yaml)) with { Image = image });
    }
}
