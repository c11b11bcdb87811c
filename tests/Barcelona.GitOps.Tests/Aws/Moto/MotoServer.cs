using System.Diagnostics;
using System.Text.RegularExpressions;
using Barcelona.GitOps.Tests.Aws.Moto;

[assembly: AssemblyFixture(typeof(MotoServer))]

namespace Barcelona.GitOps.Tests.Aws.Moto;

/// <summary>
/// One moto_server for all tests that want one, on a port that the system picks, started by the first. Tests keep apart by account: moto
/// gives every assumed role the account of its ARN, and shares nothing between accounts.
/// </summary>
public sealed partial class MotoServer : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _starting = new(1, 1);
    private Process? _process;
    private Uri? _url;

    /// <summary>Its address; a test that asks for it is skipped where moto is not installed.</summary>
    public async Task<Uri> UrlAsync(CancellationToken cancellationToken)
    {
        Assert.SkipUnless(IsOnPath(), "moto_server is not on PATH (pip install 'moto[server]')");
        await _starting.WaitAsync(cancellationToken);
        try
        {
            return _url ??= await StartAsync(cancellationToken);
        }
        finally
        {
            _starting.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false } running)
        {
            running.Kill(entireProcessTree: true);
            await running.WaitForExitAsync();
        }

        _process?.Dispose();
        _starting.Dispose();
    }

    private async Task<Uri> StartAsync(CancellationToken cancellationToken)
    {
        string[] arguments = ["-H", "127.0.0.1", "-p", "0"];
        var start = new ProcessStartInfo("moto_server", arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
        var announced = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        _process = Process.Start(start) ?? throw new InvalidOperationException("moto_server did not start.");
        void Read(object sender, DataReceivedEventArgs line)
        {
            if (line.Data is { } text && Announcement().Match(text) is { Success: true } m)
            {
                announced.TrySetResult(new Uri(m.Groups[1].Value));
            }
        }

        // Both streams are read to their end: a full pipe would stop the server.
        _process.ErrorDataReceived += Read;
        _process.OutputDataReceived += Read;
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
        return await announced.Task.WaitAsync(StartTimeout, cancellationToken);
    }

    private static bool IsOnPath() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, "moto_server")));

    [GeneratedRegex(@"Running on (http://127\.0\.0\.1:\d+)")]
    private static partial Regex Announcement();
}
