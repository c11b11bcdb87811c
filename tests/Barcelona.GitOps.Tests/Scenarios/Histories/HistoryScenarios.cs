using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Barcelona.GitOps.Tests.Scenarios.Histories;

/// <summary>
/// Random histories of pushes, force-pushes, tags, cancels, rollbacks, approvals, deaths and faults, on the whole service with GitHub and AWS of the
/// sandbox. What must be true whatever happens is in <see cref="Truth.Rules"/>. A failing seed is printed with its history and the way to replay it.
/// </summary>
public sealed class HistoryScenarios(ITestOutputHelper output)
{
    private const string Replay =
        "artifacts/bin/Barcelona.GitOps.Tests/release/Barcelona.GitOps.Tests -method '*.HistoryScenarios.Some_histories*' -showLiveOutput";

    private static readonly TimeSpan ForSome = TimeSpan.FromSeconds(50), ForMany = TimeSpan.FromMinutes(26);

    /// <summary>A slow machine plays fewer of them, but no less than half.</summary>
    private const int Fewest = 2;

    [Fact]
    public void Some_histories_break_no_rule()
    {
        if (Number("BARCELONA_SEED") is { } seed)
        {
            Play(seed, 1, ForMany);
        }
        else
        {
            Play(1_001, 200, ForSome);
        }
    }

    [Fact]
    [Trait("Category", "Long")]
    public void More_histories_break_no_rule() => Play(1_001, Number("BARCELONA_HISTORIES") ?? 20_000, ForMany);

    private void Play(int first, int count, TimeSpan longest)
    {
        var runs = new HistoryRuns(Replay)
        {
            WipesInTheMiddle = Number("BARCELONA_WIPES_IN_THE_MIDDLE") is 1,
            LogLevel = count == 1 ? LogLevel.Warning : LogLevel.None,
            ShowsLines = count == 1,
            Say = output.WriteLine,
        };
        // A history sometimes waits for what goes by the clock on the wall.
        runs.Play(first, count, Math.Min(count, 2 * Environment.ProcessorCount), longest);
        Assert.True(runs.Failures.Count == 0, string.Join("\n\n", runs.Failures));
        Assert.True(
            runs.Played >= Math.Max(1, count / Fewest),
            $"Only {runs.Played} of {count} histories were played in {longest.TotalSeconds:0} s: this machine is too slow for it.");
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : null;
}
