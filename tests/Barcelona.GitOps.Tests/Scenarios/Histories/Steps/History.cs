using System.Globalization;

namespace Barcelona.GitOps.Tests.Scenarios.Histories.Steps;

/// <summary>What a seed stands for.</summary>
internal sealed record History(int Seed, Layout Layout, IReadOnlyList<Step> Steps)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"seed={Seed}: {Layout}\n{string.Join('\n', Steps.Index().Select(s => $"  {s.Index + 1}. {s.Item}"))}");
}

/// <summary>The same seed gives the same history, on every machine.</summary>
internal static class HistoryGenerator
{
    private const int Fewest = 2, Most = 10;

    /// <param name="wipesInTheMiddle">Whether the database may be lost while something is under way.</param>
    public static History Of(int seed, bool wipesInTheMiddle = false)
    {
        var random = new Random(seed);
        var layout = new Layout("", HasWeb: random.Next(4) == 0, Layout.All[random.Next(Layout.All.Count)]);

        // Most are short: what goes wrong does so within a few steps, and in the time of one long history two short ones are played.
        var count = Enumerable.Range(0, 3).Min(_ => random.Next(Fewest, Most + 1));

        // Something has to be there before anything can happen to it.
        var steps = new List<Step> { new Step.Push("main", random.Next(6) == 0 ? Content.Crashing : Content.Good) { Then = ThenOf(random) } };
        while (steps.Count < count)
        {
            steps.Add(Next(random, layout, wipesInTheMiddle) with { Then = ThenOf(random) });
        }

        return new(seed, layout, steps);
    }

    private static int ThenOf(Random random) => random.Next(5) switch
    {
        0 => 0,
        1 => 1,
        2 => random.Next(2, 8),
        3 => random.Next(8, 30),
        _ => random.Next(30, 90),
    };

    private static Step Next(Random random, Layout layout, bool wipesInTheMiddle)
    {
        var branch = layout.Branches.ElementAt(random.Next(layout.Branches.Count()));
        var target = random.Next(layout.Targets.Count);
        return random.Next(100) switch
        {
            < 20 => new Step.Push(branch, Contents(random)),
            < 26 => new Step.ForcePush(branch, random.Next(1, 4)),
            < 36 when layout.Targets.Any(t => t.IsByTags) => new Step.Tag($"v1.{random.Next(6)}.{random.Next(3)}"),
            < 36 when layout.Targets.Any(t => t.Approved) => new Step.Press("approve", random.Next(4) == 0 ? "octocat" : "alice"),
            < 36 => new Step.Push("main", Contents(random)),
            < 40 => new Step.Cancel(target),
            < 43 => new Step.Press("cancel", "octocat"),
            < 50 => new Step.RollBack(target),
            < 53 => new Step.Press("rollback", "octocat"),
            < 56 => new Step.Restart(target),
            < 60 => new Step.Rerun(random.Next(3)),
            < 62 => new Step.RerunAll(),
            < 64 => new Step.Press("retry", "octocat"),
            < 67 => new Step.Redeliver(random.Next(6)),
            < 69 => new Step.HoldDeliveries(),
            < 72 => new Step.ReleaseDeliveries(),
            < 75 => new Step.LoseDeliveries(random.Next(2) == 0),
            < 80 => new Step.Die(random.Next(1, 40), random.Next(2) == 0),
            < 83 => new Step.Sleep(random.Next(1, 40)),
            < 87 => new Step.Aws((AwsTrouble)random.Next(8), random.Next(1, 4)),
            < 91 => new Step.GitHub((GitHubTrouble)random.Next(5)),
            < 93 => new Step.Sweep(),
            < 98 => new Step.Quiet(),
            _ => new Step.Wipe(wipesInTheMiddle && random.Next(2) == 0),
        };
    }

    private static Content Contents(Random random) => random.Next(12) switch
    {
        < 7 => Content.Good,
        < 8 => Content.Skip,
        < 10 => Content.Crashing,
        < 11 => Content.Refused,
        _ => Content.Broken,
    };
}
