using System.Globalization;
using System.Text;
using Barcelona.GitOps.Sandbox.GitHub;
using Barcelona.GitOps.Tests.Scenarios.Checks;

namespace Barcelona.GitOps.Tests.Scenarios.Faults;

/// <summary>
/// Everything that is known to go wrong, each with the verdict, its words and what AWS is left with: docs/faults.md is this table.
/// </summary>
public sealed class FaultScenarios : Scenario
{
    private static readonly (string Title, IEnumerable<Fault> Faults)[] Table =
    [
        ("Containers", ContainerFaults.All), ("Stacks", StackFaults.All), ("Calls and processes", CallFaults.All),
        ("People and files", PeopleFaults.All),
    ];

    public static TheoryData<string> All => [.. Table.SelectMany(t => t.Faults).Select(f => f.What)];

    [Theory]
    [MemberData(nameof(All))]
    public async Task It_ends_with_the_verdict_its_cause_and_a_known_state(string what)
    {
        var fault = Table.SelectMany(t => t.Faults).Single(f => f.What == what);
        var good = fault.IsFirst ? "" : await PushAndSettleAsync(Manifests.Shop);
        var writes = Stage.Aws.Calls.Writes.Count;

        var sha = await fault.Happens(new FaultStage(Stage, Shop, good));

        var check = Shop.CheckRuns.Where(c => c.HeadSha == sha).MaxBy(c => c.Id);
        Assert.Equal(("completed", fault.Conclusion), (check?.Status, check?.Conclusion));
        var said = (check?.Annotations ?? []).Select(a => a.Message).Prepend(check?.Title);
        Assert.Contains(fault.Says, string.Join('\n', said), StringComparison.Ordinal);
        Assert.Equal([fault.GoneBack], FaultWords.GoneBackBy(check?.Title ?? ""));
        Assert.All(Shop.CheckRuns, c => Assert.Equal("completed", c.Status));
        Stage.Aws.Faults.Clear();
        Stage.Clock.Advance(TimeSpan.FromMinutes(10));
        await AssertLeftAsync(fault, good, check, writes);
    }

    [Fact]
    public void The_table_is_in_the_docs()
    {
        var text = new StringBuilder("""
            # What can go wrong

            What happens, what the check then says of its cause and of who went back, and what is left in AWS. Every row is a test (`FaultScenarios`),
            on a GitHub and an AWS that speak the real protocols. This page is written from the tests: `BARCELONA_ACCEPT=1 ./test`.

            """);
        foreach (var (title, faults) in Table)
        {
            text.Append(
                CultureInfo.InvariantCulture, $"\n## {title}\n\n| what happens | check | says | and | left in AWS |\n|---|---|---|---|---|\n");
            foreach (var f in faults)
            {
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"| {f.What} | {f.Conclusion} | {f.Says} | {FaultWords.Of(f.GoneBack)} | {FaultWords.Of(f)} |\n");
            }
        }

        DocsPage.Matches("faults.md", text.ToString().ReplaceLineEndings("\n"));
    }

    private async Task AssertLeftAsync(Fault fault, string good, SandboxCheckRun? check, int writes)
    {
        switch (fault.Left)
        {
            case Left.Before:
                await AssertRunsAsync(good, "web", "worker");
                break;
            case Left.New:
                await AssertRunsAsync(Shop.References["refs/heads/main"], "web", "worker");
                break;
            case Left.OtherWorker:
                await AssertRunsAsync(Shop.References["refs/heads/main"], "web");
                Assert.Equal([$"acme/shop:{good}"], Serving.RunningImages(Stage)["worker"]);
                break;
            case Left.NoWorker:
                await AssertRunsAsync(Shop.References["refs/heads/main"], "web");
                Assert.DoesNotContain("worker", Serving.RunningImages(Stage).Keys);
                break;
            case Left.NoStack:
                Assert.Equal([FaultStage.HeritageStack], Stage.Aws.SeenStacks.Select(s => s.Name));
                Assert.Equal([FaultStage.LogGroup], Stage.Aws.SeenLogGroups);
                break;
            case Left.Nothing:
                Assert.Empty(Stage.Aws.SeenStacks);
                Assert.Empty(Stage.Aws.SeenLogGroups);
                break;
            case Left.Untouched:
                Assert.Equal(writes, Stage.Aws.Calls.Writes.Count);
                break;
            case Left.Stuck:
                Assert.NotNull(fault.StuckIn);
                Assert.Equal(fault.StuckIn.Status, Stage.Aws.SeenStacks.Single(s => s.Name == FaultStage.AppStack).Status);
                var summary = check?.Summary?.Replace("\\", "", StringComparison.Ordinal);
                Assert.Contains(fault.StuckIn.Do, $"{summary}\n{check?.Text}", StringComparison.Ordinal);
                break;
            default:
                throw new InvalidOperationException($"Nobody knows what is left: {fault.Left}.");
        }
    }

    /// <summary>In each of them, and behind the load balancer.</summary>
    private async Task AssertRunsAsync(string commit, params string[] services)
    {
        var running = Serving.RunningImages(Stage);
        Assert.All(services, s => Assert.Equal([$"acme/shop:{commit}"], running[s]));
        Assert.Equal([$"acme/shop:{commit}"], await Serving.ImagesBehindAsync(Stage, "web"));
    }
}
