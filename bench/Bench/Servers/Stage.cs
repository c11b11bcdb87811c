using Barcelona.GitOps.Sandbox.Aws;
using Barcelona.GitOps.Sandbox.GitHub;
using Barcelona.GitOps.Sandbox.Hosting;
using Barcelona.GitOps.Sandbox.Run;

namespace Barcelona.GitOps.Bench.Servers;

/// <summary>
/// A GitHub and an AWS in this process, a district in them, and the service in a process of its own that it can reach nothing else from.
/// </summary>
internal sealed class Stage : IAsyncDisposable
{
    private readonly StageOptions _options;
    private readonly IReadOnlyDictionary<string, string> _settings;

    private Stage(StageOptions options, Workspace workspace, SandboxHost host, Uri url)
    {
        (_options, Workspace, Host, Url) = (options, workspace, host, url);
        _settings = new Dictionary<string, string>(ServiceSettings.For(host, url, workspace).Concat(options.Settings))
        {
            // What is measured is a deploy: its district is there, and read from a folder.
            ["Platform__Repository"] = "",
            ["Platform__Directory"] = workspace.Platform,
            ["Storage__ConnectionString"] = options.ConnectionString ?? $"Data Source={workspace.Database}",
        };
    }

    public Workspace Workspace { get; }

    public SandboxHost Host { get; }

    public Uri Url { get; }

    public Uri WebhookUrl => new(Url, "github/webhooks");

    public static async Task<Stage> SetAsync(StageOptions options, CancellationToken stop)
    {
        var workspace = Workspace.Create(isTemporary: true);
        var host = await SandboxHost.StartAsync(new SandboxHostOptions
        {
            GitHub = new SandboxGitHubOptions { DataDirectory = workspace.Repositories, AnonymousPusher = "you" },
            Aws = new SandboxAwsOptions { Timings = options.Timings },
        }, stop);
        await SeededDistrict.WriteAsync(host.Aws, workspace.Platform, stop);
        var stage = new Stage(options, workspace, host, new Uri($"http://127.0.0.1:{ServiceProcess.FreePort()}/"));
        host.GitHub.WebhookUrl = stage.WebhookUrl;
        return stage;
    }

    /// <summary>Ends when it is ready.</summary>
    public async Task<ServiceProcess> StartServiceAsync(TimeProvider clock, CancellationToken stop)
    {
        var service = Launch();
        if (await service.BecomesReadyAsync(clock, stop))
            return service;
        await service.DisposeAsync();
        throw new InvalidOperationException($"The service did not become ready:\n{LogEnd()}");
    }

    /// <summary>Ends at once.</summary>
    public ServiceProcess Launch() => ServiceProcess.Start(_options.ServicePath, Url, _settings, Workspace.ServiceLog);

    public string LogEnd() => string.Join('\n', ServiceProcess.ReadLog(Workspace.ServiceLog).TakeLast(30));

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        Workspace.Dispose();
    }
}

internal sealed record StageOptions(string ServicePath)
{
    /// <summary>Null: a SQLite file.</summary>
    public string? ConnectionString { get; init; }

    public SandboxTimings Timings { get; init; } = SandboxTimings.Fast;

    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();
}
