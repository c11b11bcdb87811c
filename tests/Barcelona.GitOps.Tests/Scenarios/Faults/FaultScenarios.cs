using System.Globalization;
using System.Text;
using Barcelona.GitOps.Tests.Scenarios.Checks;

namespace Barcelona.GitOps.Tests.Scenarios.Faults;

/// <summary>Everything that is known to go wrong, each with the verdict, its words and what AWS is left with: docs/faults.md is this table.</summary>
public sealed class FaultScenarios : Scenario
{
    private static readonly (string Title, IEnumerable<Fault> Faults)[] Table =
    [
        ("Containers", ContainerFaults.All), ("Stacks", StackFaults.All), ("Calls and processes", CallFaults.All), ("People and files", PeopleFaults.All),
    ];

    public static TheoryData<string> Names => [.. Table.SelectMany(t => t.Faults).Select(f => f.What)];

    [Theory]
    [Trait("Category", "Long")]
    [MemberData(nameof(Names))]
    public async Task It_ends_with_the_verdict_its_cause_and_a_known_state(string what)
    {
        var fault = Table.SelectMany(t => t.Faults).Single(f => f.What == what);
        var good = fault.IsFirst ? "" : await PushAndSettleAsync(Manifests.Shop);
        var (before, writes) = (good.Length > 0 ? await Serving.ImagesBehindAsync(Stage, "web") : [], Stage.Aws.Calls.Writes.Count);

        var sha = await fault.Happens(new FaultStage(Stage, Shop, good));

        var check = Shop.CheckRuns.Where(c => c.HeadSha == sha).MaxBy(c => c.Id);
        Assert.Equal(("completed", fault.Conclusion), (check?.Status, check?.Conclusion));
        Assert.Contains(fault.Says, string.Join('\n', (check?.Annotations ?? []).Select(a => a.Message).Prepend(check?.Title)), StringComparison.Ordinal);
        Assert.All(Shop.CheckRuns, c => Assert.Equal("completed", c.Status));
        Stage.Aws.Faults.Clear();
        Stage.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.True(await IsLeftAsync(fault.Left, before, writes), $"AWS is not left with: {fault.Left}");
    }

    [Fact]
    public void The_table_is_in_the_docs()
    {
        var text = new StringBuilder("""
            # What can go wrong

            What happens, what the check then says, and what is left in AWS. Every row is a test (`FaultScenarios`), on a GitHub and an AWS that speak the real
            protocols. This page is written from the tests: `BARCELONA_ACCEPT=1 ./test`.

            """);
        foreach (var (title, faults) in Table)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {title}\n\n| what happens | check | says | left in AWS |\n|---|---|---|---|\n");
            foreach (var fault in faults)
            {
                text.Append(CultureInfo.InvariantCulture, $"| {fault.What} | {fault.Conclusion} | {fault.Says} | {Words(fault.Left)} |\n");
            }
        }

        DocsPage.Matches("faults.md", text.ToString().ReplaceLineEndings("\n"));
    }

    private async Task<bool> IsLeftAsync(Left left, IReadOnlyList<string> before, int writes)
    {
        switch (left)
        {
            case Left.Before:
                return (await Serving.ImagesBehindAsync(Stage, "web")).SequenceEqual(before);
            case Left.New:
                return await Serving.ImagesBehindAsync(Stage, "web") is [var image] && !before.Contains(image);
            case Left.NoStack:
                return !await HasAppStackAsync();
            case Left.Untouched:
                return Stage.Aws.Calls.Writes.Count == writes;
            case Left.Stuck:
                return await HasAppStackAsync();
            default:
                throw new InvalidOperationException($"Nobody knows what is left: {left}.");
        }
    }

    private async Task<bool> HasAppStackAsync()
    {
        using var stacks = StackFaults.Stacks(new FaultStage(Stage, Shop, ""));
        return (await stacks.ListStacksAsync(new(), Stop)).StackSummaries
            .Any(s => s.StackName == FaultStage.AppStack && s.StackStatus.Value != "DELETE_COMPLETE");
    }

    private static string Words(Left left) => left switch
    {
        Left.Before => "what ran before runs",
        Left.New => "what the newest commit asks for runs",
        Left.NoStack => "no stack of the application; its logs",
        Left.Untouched => "as it was: nothing was written",
        Left.Stuck => "a stack that needs a person; the check says what to do",
        _ => throw new InvalidOperationException($"Nobody knows what is left: {left}."),
    };
}
