using System.Diagnostics;
using System.Net.Sockets;
using System.Security.Cryptography;
using Barcelona.GitOps.Sandbox.Run;

namespace Barcelona.GitOps.Bench.Servers;

/// <summary>The probot application that does nothing, as it is run in production.</summary>
internal sealed class ProbotServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly string _keyPath;

    private ProbotServer(Process process, string keyPath, Uri url) => (_process, _keyPath, Url) = (process, keyPath, url);

    public Uri Url { get; }

    public static async Task<ProbotServer> StartAsync(string directory, string secret, TimeProvider clock, CancellationToken stop)
    {
        var keyPath = Path.Combine(Path.GetTempPath(), $"barcelona-bench-{Guid.NewGuid():N}.pem");
        using (var key = RSA.Create(2048))
            await File.WriteAllTextAsync(keyPath, key.ExportRSAPrivateKeyPem(), stop);
        var port = ServiceProcess.FreePort();
        var modules = Path.Combine(directory, "node_modules", ".bin");
        var process = ChildProcess.Start(
            Path.Combine(modules, "node"), [Path.Combine(modules, "probot"), "run", "./app.js"], new Dictionary<string, string>
            {
                ["NODE_ENV"] = "production",
                ["LOG_LEVEL"] = "error",
                ["APP_ID"] = "1",
                ["PRIVATE_KEY_PATH"] = keyPath,
                ["WEBHOOK_SECRET"] = secret,
                ["WEBHOOK_PATH"] = "/api/github/webhooks",
                ["HOST"] = "127.0.0.1",
                ["PORT"] = $"{port}",
            }, directory);
        _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var started = clock.GetTimestamp();
        while (!await AnswersAsync(port, stop))
        {
            if (process.HasExited || clock.GetElapsedTime(started) > Patience)
                throw new InvalidOperationException($"probot did not start: {(process.HasExited ? await errors : "no answer")}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), clock, stop);
        }

        return new ProbotServer(process, keyPath, new Uri($"http://127.0.0.1:{port}/api/github/webhooks"));
    }

    public async ValueTask DisposeAsync()
    {
        await ChildProcess.StopAsync(_process, _process.Id, "-TERM");
        _process.Dispose();
        File.Delete(_keyPath);
    }

    private static async Task<bool> AnswersAsync(int port, CancellationToken stop)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", port, stop);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
