using System.Diagnostics;
using System.Globalization;

namespace Barcelona.GitOps.Bench.Servers;

/// <summary>Starts programs, and stops those that it started by their process ids.</summary>
internal static class ChildProcess
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    public static Process Start(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? settings = null, string? folder = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? Path.GetTempPath(),
        };
        foreach (var (name, value) in settings ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        return Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
    }

    /// <returns>What it printed.</returns>
    public static async Task<string> RunAsync(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? settings = null, CancellationToken stop = default)
    {
        using var process = Start(program, arguments, settings);
        var output = process.StandardOutput.ReadToEndAsync(stop);
        var errors = process.StandardError.ReadToEndAsync(stop);
        try
        {
            await process.WaitForExitAsync(stop);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }

        return process.ExitCode == 0 ? await output : throw new InvalidOperationException($"{program} failed: {await output}{await errors}");
    }

    public static async Task StopAsync(Process process, int processId, string signal)
    {
        if (process.HasExited)
            return;

        await RunAsync("kill", [signal, processId.ToString(CultureInfo.InvariantCulture)], stop: CancellationToken.None);
        using var patience = new CancellationTokenSource(Grace);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
        }
    }
}
