using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Barcelona.GitOps.Sandbox.Run;

/// <summary>The service as a child process: the real binary, told by environment variables where its GitHub and its AWS are.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private const int Sigterm = 15;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly Process _process;
    private readonly StreamWriter _log;
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });

    private ServiceProcess(Process process, StreamWriter log, Uri url) => (_process, _log, Url) = (process, log, url);

    public Uri Url { get; }

    public int Id => _process.Id;

    /// <summary>A free port of loopback. Somebody else could take it before the service does; then its start fails and says so.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public static ServiceProcess Start(string servicePath, Uri url, IReadOnlyDictionary<string, string> settings, string logPath)
    {
        var start = new ProcessStartInfo("dotnet", [servicePath, "serve"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = Path.GetDirectoryName(logPath),
        };
        foreach (var (name, value) in settings)
        {
            if (value.Length == 0)
                start.Environment.Remove(name);
            else
                start.Environment[name] = value;
        }
        var log = new StreamWriter(logPath) { AutoFlush = true };
        var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Append(log, line.Data);
        process.ErrorDataReceived += (_, line) => Append(log, line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new ServiceProcess(process, log, url);
    }

    /// <summary>False: it ended, or was not ready in time.</summary>
    public async Task<bool> BecomesReadyAsync(TimeProvider clock, CancellationToken stop)
    {
        var started = clock.GetTimestamp();
        while (!_process.HasExited && clock.GetElapsedTime(started) < Patience)
        {
            if (await IsReadyAsync(stop))
                return true;
            await Task.Delay(TimeSpan.FromMilliseconds(100), clock, stop);
        }
        return false;
    }

    public Task ExitedAsync(CancellationToken stop) => _process.WaitForExitAsync(stop);

    /// <summary>Ends it without notice, as a machine that fails does.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await DisposeAsync();
    }

    /// <summary>The log so far; the service may still be writing to it.</summary>
    public static IReadOnlyList<string> ReadLog(string path)
    {
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await StopAsync();
        // Its last lines are read before the log closes.
        await _process.WaitForExitAsync();
        _process.Dispose();
        _http.Dispose();
        await _log.DisposeAsync();
    }

    private async Task StopAsync()
    {
        if (OperatingSystem.IsWindows() || Signal(_process.Id, Sigterm) != 0)
            _process.Kill(entireProcessTree: true);
        using var patience = new CancellationTokenSource(Grace);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
        }
    }

    private async Task<bool> IsReadyAsync(CancellationToken stop)
    {
        try
        {
            using var response = await _http.GetAsync(new Uri(Url, "readyz"), stop);
            return response.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static void Append(StreamWriter log, string? line)
    {
        if (line is null)
            return;
        // Output and errors arrive on two threads.
        lock (log)
            log.WriteLine(line);
    }

    /// <summary>.NET can only kill; a service that is to stop in order needs SIGTERM.</summary>
    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Signal(int process, int signal);
}
