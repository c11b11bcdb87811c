using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Barcelona.GitOps.Sandbox.Aws.Images;
using Barcelona.GitOps.Tests.Scenarios.Acts;
using Barcelona.GitOps.Tests.Scenarios.Faults;

namespace Barcelona.GitOps.Tests.Scenarios.Calls;

/// <summary>What a release of twelve services asks of AWS and GitHub, call by call: docs/calls.md is this table.</summary>
public sealed partial class CallTableScenarios : ActScenario
{
    private const int Services = 12, MostGitHubWrites = 6;

    private static readonly string File = Manifests.FixedImage[..Manifests.FixedImage.IndexOf("      - name: worker", StringComparison.Ordinal)]
        .Replace("    services:", "    environment: {KEY: {secret: shop/key}, URL: {ssm_path: shop/url}}\n    services:", StringComparison.Ordinal)
        + string.Concat(Enumerable.Range(1, Services - 1).Select(n => $"      - {{name: worker{n}, memory: 256, command: bin/work}}\n"));

    private readonly List<Column> _columns = [];

    [Fact]
    public async Task Twelve_services_cost_what_the_docs_say()
    {
        Stage.Aws.SeedSecret("barcelona/default/shop/key", "x");
        Stage.Aws.SeedParameter("/barcelona/default/shop/url", "x");

        // The sweep that a start begins with is no part of a release.
        await Stage.RunUntilQuietAsync();
        await MeasureAsync("first deploy", () => PushAsync(File));
        await MeasureAsync("new image", () => PushImageAsync("v2"));
        await MeasureAsync("new image and `before_deploy`", () => PushImageAsync("v3", "    before_deploy: rake db:migrate\n"));
        await MeasureAsync("nothing to do", () => Shop.CommitAsync("main", new Dictionary<string, string> { ["README"] = "words" }, "Say more"));
        await MeasureAsync("rollback", () => AskRollbackAsync());

        Assert.All(Shop.CheckRuns, c => Assert.Equal("success", c.Conclusion));
        Assert.All(_columns, c => Assert.InRange(c.GitHubWrites, 1, MostGitHubWrites));

        // The cause is told as soon as a task has stopped, and again once it is certain: nobody waits for AWS to have gone back.
        Stage.Aws.Images.Set("*:v4", new ImageBehaviour.CrashLoop(ExitCode: 3, TimeSpan.FromSeconds(1)));
        await MeasureAsync("new image that crashes", () => PushImageAsync("v4"));
        Assert.Equal(MostGitHubWrites + 2, _columns[^1].GitHubWrites);
        DocsPage.Matches("calls.md", Page());
    }

    private Task<string> PushImageAsync(string tag, string more = "") =>
        PushAsync(File.Replace("image_tag: stable\n", $"image_tag: {tag}\n{more}", StringComparison.Ordinal));

    private async Task MeasureAsync(string title, Func<Task> happens)
    {
        var (aws, gitHub) = (Stage.Aws.Calls.Count, Stage.GitHub.Requests.Count());
        await happens();

        // A webhook that comes in the middle of a pass costs another one, and those about our own checks come when they like.
        await Stage.GitHub.WhenQuietAsync();
        Stage.GitHub.Deliver = false;
        await Stage.RunUntilQuietAsync();
        await Stage.GitHub.WhenQuietAsync();
        Stage.GitHub.Deliver = true;

        Assert.All(Shop.CheckRuns, c => Assert.Equal("completed", c.Status));
        _columns.Add(new(
            title,
            Counted(Stage.Aws.Calls.Skip(aws).Select(c => $"{c.Service} {c.Operation}")),
            Counted(Stage.GitHub.Requests.Skip(gitHub).Where(r => !r.Path.EndsWith("/access_tokens", StringComparison.Ordinal))
                .Select(r => $"{r.Method} {Variable().Replace(r.Path, "/…")}"))));
    }

    private static SortedDictionary<string, int> Counted(IEnumerable<string> calls) =>
        new(calls.GroupBy(c => c, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count()), StringComparer.Ordinal);

    private string Page()
    {
        var text = new StringBuilder("""
            # What a release costs

            Calls to AWS and requests to GitHub for a release of twelve services, one of them behind a load balancer, with a secret and a parameter, as the scenario `CallTableScenarios` counts them: it fails
            when a number changes, and writes this page with `BARCELONA_ACCEPT=1 ./test`. Reads while AWS works depend on how long it does: a look after 1, 2, 4, 8 and then every
            15 seconds, with the sandbox's stacks and services being ready within a minute. Installation tokens, one an hour, are left out. GitHub is written to six times at most,
            and by a release that fails up to twice more: with the cause when the first task has stopped, and when it is given up.

            """);
        Table(text, "AWS", c => c.Aws);
        Table(text, "GitHub", c => c.GitHub);
        return text.ToString().ReplaceLineEndings("\n");
    }

    private void Table(StringBuilder text, string title, Func<Column, SortedDictionary<string, int>> counts)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n## {title}\n\n| | {string.Join(" | ", _columns.Select(c => c.Title))} |\n|---|");
        text.AppendJoin("", _columns.Select(_ => "--:|")).Append('\n');
        foreach (var call in _columns.SelectMany(c => counts(c).Keys).Distinct().Order(StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"| `{call}` | {string.Join(" | ", _columns.Select(c => counts(c).GetValueOrDefault(call)))} |\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"| all | {string.Join(" | ", _columns.Select(c => counts(c).Values.Sum()))} |\n");
    }

    /// <summary>What is another one each time: hashes and numbers.</summary>
    [GeneratedRegex("/([0-9a-f]{40}|[0-9]+)(?=/|$)")]
    private static partial Regex Variable();

    private sealed record Column(string Title, SortedDictionary<string, int> Aws, SortedDictionary<string, int> GitHub)
    {
        public int GitHubWrites => GitHub.Where(g => !g.Key.StartsWith("GET", StringComparison.Ordinal)).Sum(g => g.Value);
    }
}
