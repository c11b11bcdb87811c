using System.Diagnostics;

namespace Barcelona.GitOps.Bench.Measurements;

/// <summary>Times something that lasts less than milliseconds, each call on its own, after the compiler has settled.</summary>
internal static class Repeated
{
    private const int WarmUps = 300;

    /// <returns>Milliseconds.</returns>
    public static IReadOnlyList<double> Time(int times, Action act, int warmUps = WarmUps)
    {
        for (var i = 0; i < warmUps; i++)
            act();
        var samples = new double[times];
        for (var i = 0; i < times; i++)
        {
            var started = Stopwatch.GetTimestamp();
            act();
            samples[i] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }

        return samples;
    }
}
