using System.Diagnostics;
using System.Globalization;

namespace Barcelona.GitOps.Bench.Load;

/// <summary>As many connections as asked for, each sending its next request when the last was answered.</summary>
internal sealed class LoadRun(Uri url, int connections, SignedRequest push)
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);

    /// <returns>Requests per second, then p50, p99 and the slowest in milliseconds, then how many were not answered with 2xx.</returns>
    public async Task<string> RunAsync(TimeSpan duration)
    {
        using (var warmUp = new CancellationTokenSource(WarmUp))
            await SendAsync(warmUp.Token);

        using var measured = new CancellationTokenSource(duration);
        var started = Stopwatch.GetTimestamp();
        var answers = await SendAsync(measured.Token);
        var elapsed = Stopwatch.GetElapsedTime(started).TotalSeconds;

        var latencies = answers.SelectMany(a => a.Ticks).Order().ToArray();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{latencies.Length / elapsed:0} {At(latencies, 0.5):0.00} {At(latencies, 0.99):0.00} {At(latencies, 1):0.00} "
            + $"{answers.Sum(a => a.Refused)}");
    }

    private static double At(long[] latencies, double share) =>
        latencies.Length == 0 ? 0 : latencies[(int)((latencies.Length - 1) * share)] * 1000.0 / Stopwatch.Frequency;

    private Task<LoadConnection[]> SendAsync(CancellationToken until) =>
        Task.WhenAll(Enumerable.Range(0, connections).Select(async _ =>
        {
            using var connection = await LoadConnection.OpenAsync(url);
            await connection.SendAsync(push, until);
            return connection;
        }));
}
