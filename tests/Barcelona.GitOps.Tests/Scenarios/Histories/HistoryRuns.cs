using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Barcelona.GitOps.Tests.Scenarios.Histories.Machinery;
using Barcelona.GitOps.Tests.Scenarios.Histories.Steps;
using Microsoft.Extensions.Logging;

namespace Barcelona.GitOps.Tests.Scenarios.Histories;

/// <summary>Plays seeds on some stages at once, each with a thread of its own.</summary>
internal sealed class HistoryRuns(string replay)
{
    /// <summary>What a stage leaves behind (timers, sessions) goes with it.</summary>
    private const int HistoriesPerStage = 500;

    private const int SaidEach = 100;

    private readonly ConcurrentQueue<string> _failures = new();
    private int _played, _next, _end;

    public IReadOnlyList<string> Failures => [.. _failures];

    public int Played => _played;

    /// <summary>Whether a worker's database may go while something is under way.</summary>
    public bool WipesInTheMiddle { get; init; }

    /// <summary>For one seed that is replayed.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.None;

    public bool ShowsLines { get; init; }

    public Action<string> Say { get; init; } = _ => { };

    public void Play(int first, int count, int threads, TimeSpan longest)
    {
        (_next, _end) = (first - 1, first + count);
        var (started, before) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        var running = Enumerable.Range(0, threads).Select(_ => new Thread(() => PlaySome(started, longest)) { IsBackground = true }).ToList();
        running.ForEach(t => t.Start());
        running.ForEach(t => t.Join());
        var (took, worked) = (Stopwatch.GetElapsedTime(started), Environment.CpuUsage.TotalTime - before);
        Say(string.Create(
            CultureInfo.InvariantCulture,
            $"{_played} histories in {took.TotalSeconds:0} s, {_played / took.TotalSeconds:0.0} a second, "
            + $"{worked.TotalMilliseconds / Math.Max(_played, 1):0} ms of processor each"));
    }

    private void PlaySome(long started, TimeSpan longest)
    {
        try
        {
            while (HasTime(started, longest))
            {
                Pump.Run(pump => PlayOnOneStageAsync(pump, () => HasTime(started, longest)));
            }
        }
        catch (Exception e)
        {
            _failures.Enqueue($"The stage broke down: {e}");
        }
    }

    // A few failures say as much as many.
    private bool HasTime(long started, TimeSpan longest) =>
        Stopwatch.GetElapsedTime(started) < longest && Volatile.Read(ref _next) < _end - 1 && _failures.Count < 3;

    private async Task PlayOnOneStageAsync(Pump pump, Func<bool> hasTime)
    {
        using var stage = await HistoryStage.SetAsync(pump, LogLevel);
        for (var i = 0; i < HistoriesPerStage && hasTime() && Interlocked.Increment(ref _next) is var seed && seed < _end; i++)
        {
            await PlayAsync(stage, seed);
            if (Interlocked.Increment(ref _played) is var played && played % SaidEach == 0)
            {
                var worked = Environment.CpuUsage.TotalTime;
                Say(string.Create(CultureInfo.InvariantCulture, $"{played} histories, {worked.TotalSeconds:0} s of processor"));
            }
        }
    }

    private async Task PlayAsync(HistoryStage stage, int seed)
    {
        var history = HistoryGenerator.Of(seed, WipesInTheMiddle);
        var (wrong, lines) = await HistoryPlay.PlayAsync(stage, history);
        if (ShowsLines)
        {
            Say($"{history}\n{string.Join('\n', lines)}");
        }

        if (wrong is null)
        {
            return;
        }

        // At once: whoever waits for a long run sees that it is in vain.
        Say($"seed={seed}: {wrong}");

        var smaller = await Shrinker.ShrinkAsync(history, async h => (await HistoryPlay.PlayAsync(stage, h)).Wrong is not null);
        var (said, seen) = await HistoryPlay.PlayAsync(stage, smaller);
        _failures.Enqueue(
            $"""
            {wrong}
            {history}
            Replay: BARCELONA_SEED={seed} {replay}
            Without the steps that do not matter ({said}):
            {smaller}
            {string.Join('\n', seen.Select(l => $"    {l}"))}
            """);
    }
}
