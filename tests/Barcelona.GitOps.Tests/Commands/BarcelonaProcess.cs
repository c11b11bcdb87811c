using System.Diagnostics;

namespace Barcelona.GitOps.Tests.Commands;

/// <summary>The command line as a person runs it: a process of its own, with one's own credentials.</summary>
/// <param name="settings">Beside AWS's address; null: none.</param>
internal sealed class BarcelonaProcess(Uri aws, string folder, IReadOnlyDictionary<string, string>? settings = null)
{
    /// <summary>Environment variables beside those that every command gets.</summary>
    public Dictionary<string, string> Settings { get; } = [];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public Task<(int Exit, string Output)> RunAsync(params string[] arguments) => RunAsync("", arguments);

    /// <param name="input">All of standard input.</param>
    /// <returns>Output and errors, one after the other.</returns>
    public async Task<(int Exit, string Output)> RunAsync(string input, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "barcelona.dll"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
            Environment = { ["Aws__ServiceUrl"] = aws.ToString() },
        };
        foreach (var (name, value) in Settings.Concat(settings ?? new Dictionary<string, string>()))
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        await process.StandardInput.WriteAsync(input.AsMemory(), Stop);
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync(Stop);
        var output = await process.StandardOutput.ReadToEndAsync(Stop);
        await process.WaitForExitAsync(Stop);
        return (process.ExitCode, output + await errors);
    }
}
