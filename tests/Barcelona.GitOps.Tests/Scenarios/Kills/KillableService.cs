using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Barcelona.GitOps.Tests.Scenarios.Kills;

/// <summary>The service as it is run in production, <c>barcelona serve</c> in a process of its own, so that it can be killed.</summary>
internal sealed class KillableService : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private readonly Process _process;
    private readonly StringBuilder _log = new();

    private KillableService(Process process) => _process = process;

    public string Log
    {
        get
        {
            lock (_log) return _log.ToString();
        }
    }

    public static KillableService Start(IReadOnlyDictionary<string, string?> environment)
    {
        // The project reference has put it beside the tests, with all it needs.
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "barcelona.dll"), "serve"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var service = new KillableService(new Process { StartInfo = start });
        service._process.OutputDataReceived += (_, line) => service.Append(line.Data);
        service._process.ErrorDataReceived += (_, line) => service.Append(line.Data);
        service._process.Start();
        service._process.BeginOutputReadLine();
        service._process.BeginErrorReadLine();
        return service;
    }

    public async Task BecomesReadyAsync(Uri url, CancellationToken cancellationToken)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var started = Stopwatch.GetTimestamp();
        while (!await AnswersAsync(http, new Uri(url, "readyz"), cancellationToken))
        {
            if (_process.HasExited || Stopwatch.GetElapsedTime(started) > Patience)
            {
                throw new InvalidOperationException($"The service did not become ready:\n{Log}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>SIGKILL: nothing is finished, nothing is given back.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        _process.Kill();
        await _process.WaitForExitAsync(cancellationToken);
    }

    /// <summary>SIGTERM, as of a container that is replaced.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="TimeoutException">It has not exited within <paramref name="patience"/>.</exception>
    public async Task<int> TerminateAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await _process.WaitForExitAsync(cancellationToken).WaitAsync(patience, TimeProvider.System, cancellationToken);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    private static async Task<bool> AnswersAsync(HttpClient http, Uri url, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.GetAsync(url, cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private void Append(string? line)
    {
        // Output and errors arrive on two threads.
        lock (_log) _log.AppendLine(line);
    }
}
