using Barcelona.GitOps.Sandbox.Aws;
using Barcelona.GitOps.Sandbox.GitHub;
using Barcelona.GitOps.Sandbox.Hosting;
using Barcelona.GitOps.Sandbox.Registry;
using Barcelona.GitOps.Storage.Work;
using Barcelona.GitOps.Tests.GitHub;
using Barcelona.GitOps.Tests.Scenarios.Crashes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Barcelona.GitOps.Tests.Scenarios;

/// <summary>
/// The whole service between a GitHub and an AWS that speak the real protocols. Time is the scenario's: nothing happens until it says
/// <see cref="RunUntilQuietAsync"/>, and minutes pass in no time.
/// </summary>
public sealed class Stage : IAsyncDisposable
{
    private readonly StageSettings _settings;
    private readonly string? _connectionString;
    private readonly StageAws? _aws;
    private readonly List<Worker> _dropped = [];
    private Worker? _worker;

    private Stage(SandboxHost sandbox, StageOptions options, string folder)
    {
        (Sandbox, Clock, Folder) = (sandbox, options.Clock, folder);
        _connectionString = options.ConnectionString;
        _aws = options.Aws;
        _settings = new StageSettings(sandbox, folder, options.Aws?.Url ?? sandbox.AwsUrl, options.PlatformRepository);
        District = new StageDistrict(sandbox.Aws, folder);
    }

    public SandboxHost Sandbox { get; }

    public FakeTimeProvider Clock { get; }

    /// <summary>Everything on disk: git repositories, the database, the district files. Gone with the stage.</summary>
    public string Folder { get; }

    public StageDistrict District { get; }

    public SandboxGitHub GitHub => Sandbox.GitHub;

    public SandboxAws Aws => Sandbox.Aws;

    public SandboxRegistry Registry => Sandbox.Registry;

    public IServiceProvider Services => (_worker ?? throw new InvalidOperationException("The service is down.")).Services;

    public static async Task<Stage> SetAsync(StageOptions? options = null)
    {
        options ??= new StageOptions();
        var folder = Directory.CreateTempSubdirectory("barcelona-stage-").FullName;
        var sandbox = await SandboxHost.StartAsync(new SandboxHostOptions
        {
            GitHub = new()
            {
                Clock = options.Clock,
                DataDirectory = Path.Combine(folder, "git"),
                AppPrivateKeyPem = GitHubFixture.AppKey,
                RequestsPerHour = options.GitHubRequestsPerHour,
            },
            Aws = new() { Clock = options.Clock },
        });
        var stage = new Stage(sandbox, options, folder);
        stage.District.Write(text => options.Aws?.District ?? text);
        await stage.StartServiceAsync();
        return stage;
    }

    /// <summary>Starts the service, after <see cref="StopServiceAsync"/>, as another process with the same database.</summary>
    public Task StartServiceAsync() => StartServiceAsync(life: null);

    /// <param name="life">Null: nobody is interested in how long it lives.</param>
    internal async Task StartServiceAsync(WorkerLife? life)
    {
        _worker = await Worker.StartAsync(_settings.For(_connectionString), Clock, _aws?.Handlers ?? [], life, () => Sandbox.Slack.KeepsWaiting);
        GitHub.WebhookUrl = new Uri(_worker.Url, "github/webhooks");
        GitHub.Deliver = true;
    }

    /// <summary>The process is gone without notice: nothing is finished, nothing is given back.</summary>
    internal void DropService()
    {
        GitHub.Deliver = false;
        _dropped.Add(_worker ?? throw new InvalidOperationException("The service is down."));
        _worker = null;
    }

    public async Task StopServiceAsync()
    {
        GitHub.Deliver = false;
        if (_worker is { } worker)
        {
            _worker = null;
            await worker.DisposeAsync();
        }
    }

    /// <summary>Runs what is due, lets time pass to what is due next, and so on until nothing is due within the sweep's interval.</summary>
    public Task RunUntilQuietAsync() => (_worker ?? throw new InvalidOperationException("The service is down.")).RunUntilQuietAsync();

    /// <summary>Runs what is due now, without letting time pass.</summary>
    public Task RunDueAsync() => (_worker ?? throw new InvalidOperationException("The service is down.")).RunDueAsync();

    /// <summary>Lets time pass in steps of a second, running what comes due.</summary>
    public async Task RunForAsync(TimeSpan duration)
    {
        for (var end = Clock.GetUtcNow() + duration; Clock.GetUtcNow() < end; Clock.Advance(TimeSpan.FromSeconds(1)))
        {
            await RunDueAsync();
        }
    }

    /// <summary>Lets time pass until it is so; a test that hangs fails, and so does what only the sweep finds.</summary>
    /// <param name="within">Null: less than the sweep's five minutes.</param>
    public async Task RunUntilAsync(Func<bool> isSo, TimeSpan? within = null)
    {
        for (var end = Clock.GetUtcNow() + (within ?? TimeSpan.FromMinutes(4)); !isSo();)
        {
            if (Clock.GetUtcNow() > end)
            {
                Assert.Fail(
                    $"It never came to that, but to: {string.Join("; ", GitHub.Repositories.SelectMany(r => r.CheckRuns).Select(c => c.Title))}");
            }

            await RunForAsync(TimeSpan.FromSeconds(1));
        }
    }

    /// <summary>Runs the sweep now, and what it finds to its end.</summary>
    public async Task SweepAsync()
    {
        await Services.GetRequiredService<Lanes>().WantAsync(LaneKinds.Sweep, "github", Clock.GetUtcNow());
        await RunUntilQuietAsync();
        await GitHub.WhenQuietAsync();
        await RunUntilQuietAsync();
    }

    /// <summary>The disk is gone; the service must be stopped.</summary>
    public void LoseDatabase()
    {
        foreach (var file in Directory.EnumerateFiles(Folder, "barcelona.db*"))
        {
            File.Delete(file);
        }
    }

    /// <summary>The copies of repositories are gone, as on a new machine; the service must be stopped.</summary>
    public void LoseMirrors()
    {
        var mirrors = Path.Combine(Folder, "mirrors");
        MakeDeletable(mirrors);
        Directory.Delete(mirrors, recursive: true);
    }

    public async ValueTask DisposeAsync()
    {
        await StopServiceAsync();
        foreach (var worker in _dropped)
        {
            await worker.DisposeAsync();
        }

        await Sandbox.DisposeAsync();
        MakeDeletable(Folder);
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>git makes its objects read-only.</summary>
    private static void MakeDeletable(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            File.SetAttributes(file, FileAttributes.Normal);
        }
    }
}

public sealed record StageOptions
{
    public FakeTimeProvider Clock { get; init; } = new(new DateTimeOffset(2026, 4, 1, 9, 0, 0, TimeSpan.Zero));

    /// <summary>Null: SQLite in the stage's folder.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>Null: the sandbox's.</summary>
    public StageAws? Aws { get; init; }

    public int GitHubRequestsPerHour { get; init; } = 5_000;

    /// <summary><c>owner/name</c> of the repository with the district files. Null: they lie in a folder.</summary>
    public string? PlatformRepository { get; init; }
}

/// <summary>Another AWS than the sandbox's.</summary>
/// <param name="District">The text of <c>districts/default.yml</c>: what that AWS has.</param>
/// <param name="Handlers">Between the service and that AWS, the outermost first. Each serves one start of the service.</param>
public sealed record StageAws(Uri Url, string District, IReadOnlyList<DelegatingHandler> Handlers);
