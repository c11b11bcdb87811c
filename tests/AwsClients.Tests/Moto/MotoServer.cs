using System.Diagnostics;
using System.Text.RegularExpressions;

namespace AwsClients.Tests.Moto;

/// <summary>A moto_server of its own for a test class, on a port that the system picks; none when it is not installed.</summary>
public sealed partial class MotoServer : IAsyncLifetime
{
    private static readonly TimeSpan StartupLimit = TimeSpan.FromSeconds(20);

    private Process? _process;

    public Uri? Url { get; private set; }

    public static bool IsInstalled => Executable is not null;

    private static string? Executable => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, "moto_server"))
        .FirstOrDefault(File.Exists);

    public async ValueTask InitializeAsync()
    {
        if (Executable is not { } executable)
        {
            return;
        }

        var start = new ProcessStartInfo(executable, ["-H", "127.0.0.1", "-p", "0"]) { RedirectStandardError = true, RedirectStandardOutput = true };
        _process = Process.Start(start) ?? throw new InvalidOperationException("moto_server did not start");
        using var limit = new CancellationTokenSource(StartupLimit);
        Url = await AnnouncedUrlAsync(_process.StandardError, limit.Token);

        // A full pipe would stop the server at some log line.
        _ = _process.StandardError.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
        _ = _process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is null)
        {
            return;
        }

        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    private static async Task<Uri> AnnouncedUrlAsync(StreamReader log, CancellationToken cancellationToken)
    {
        while (await log.ReadLineAsync(cancellationToken) is { } line)
        {
            if (Announcement().Match(line) is { Success: true } match)
            {
                return new Uri(match.Value);
            }
        }

        throw new InvalidOperationException("moto_server ended before it listened");
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Announcement();
}
