using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Barcelona.GitOps.Sandbox.Aws;
using Barcelona.GitOps.Sandbox.GitHub;
using Barcelona.GitOps.Sandbox.Hosting;

namespace Barcelona.GitOps.Tests.Scenarios.Kills;

/// <summary>A sandbox by the real clock, and beside it one service process after the other, all with the same database and port.</summary>
internal sealed class KillStage : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(5);

    private readonly string _folder;
    private readonly Uri _url = new($"http://127.0.0.1:{FreePort()}/");
    private readonly Dictionary<string, string?> _environment;
    private readonly List<string> _logs = [];
    private KillableService? _service;

    private KillStage(SandboxHost sandbox, string folder, KillStageOptions options)
    {
        (Sandbox, _folder) = (sandbox, folder);
        Shop = sandbox.GitHub.CreateRepository("acme", "shop");
        sandbox.GitHub.WebhookUrl = new Uri(_url, "github/webhooks");
        new StageDistrict(sandbox.Aws, folder).Write();
        _environment = new StageSettings(sandbox, folder, sandbox.AwsUrl, platform: null).For(options.ConnectionString)
            .ToDictionary(s => s.Key.Replace(":", "__", StringComparison.Ordinal), s => s.Value, StringComparer.Ordinal);
        _environment.Remove("urls");
        _environment["ASPNETCORE_URLS"] = _url.AbsoluteUri.TrimEnd('/');
        _environment["Worker__Enabled"] = "true";
        _environment["Worker__LeaseSeconds"] = $"{options.Lease.TotalSeconds:0}";
        _environment["AWS_ACCESS_KEY_ID"] = "AKIASANDBOXSANDBOX00";
        _environment["AWS_SECRET_ACCESS_KEY"] = "sandbox";
        _environment["AWS_EC2_METADATA_DISABLED"] = "true";
    }

    public SandboxHost Sandbox { get; }

    public SandboxRepository Shop { get; }

    /// <summary>What all processes so far have logged.</summary>
    public string Log => string.Join("\n---\n", [.. _logs, _service?.Log ?? ""]);

    private KillableService Service => _service ?? throw new InvalidOperationException("The service is down.");

    public static async Task<KillStage> SetAsync(KillStageOptions options, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("barcelona-kill-").FullName;
        var sandbox = await SandboxHost.StartAsync(
            new() { GitHub = new() { DataDirectory = Path.Combine(folder, "git") }, Aws = new() { Timings = SandboxTimings.Fast } },
            cancellationToken);
        return new KillStage(sandbox, folder, options);
    }

    /// <summary>Calls to AWS and writes on GitHub so far: how far the work has come.</summary>
    public int Steps => Sandbox.Aws.Calls.Count + Sandbox.GitHub.Requests.Count(r => r.IsWrite);

    public void Start() => _service = KillableService.Start(_environment);

    public async Task StartAndWaitAsync(CancellationToken cancellationToken)
    {
        Start();
        await Service.BecomesReadyAsync(_url, cancellationToken);
    }

    public Task BecomesReadyAsync(CancellationToken cancellationToken) => Service.BecomesReadyAsync(_url, cancellationToken);

    public async Task KillAsync(CancellationToken cancellationToken)
    {
        await Service.KillAsync(cancellationToken);
        await RetireAsync();
    }

    public async Task<int> TerminateAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        var exitCode = await Service.TerminateAsync(patience, cancellationToken);
        await RetireAsync();
        return exitCode;
    }

    public async Task UntilAsync(Func<bool> condition, string what, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < Patience, $"Not within {Patience.TotalSeconds:0} s: {what}.\n{Log}");
            await Task.Delay(Tick, TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>Until neither GitHub nor AWS was asked anything for a while: what the service was going to do twice, it has done.</summary>
    public async Task UntilCalmAsync(CancellationToken cancellationToken)
    {
        var (asked, since) = (-1, Stopwatch.GetTimestamp());
        while (Stopwatch.GetElapsedTime(since) < Calm)
        {
            if (asked != Asked)
            {
                (asked, since) = (Asked, Stopwatch.GetTimestamp());
            }

            await Task.Delay(Tick, TimeProvider.System, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_service is not null)
        {
            await RetireAsync();
        }

        await Sandbox.DisposeAsync();
        foreach (var file in Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories))
        {
            // git makes its objects read-only.
            File.SetAttributes(file, FileAttributes.Normal);
        }

        Directory.Delete(_folder, recursive: true);
    }

    private int Asked => Sandbox.Aws.Calls.Count + Sandbox.GitHub.Requests.Count();

    private async Task RetireAsync()
    {
        _logs.Add(Service.Log);
        await Service.DisposeAsync();
        _service = null;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

internal sealed record KillStageOptions
{
    /// <summary>Null: SQLite in the stage's folder.</summary>
    public string? ConnectionString { get; init; }

    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(3);
}
