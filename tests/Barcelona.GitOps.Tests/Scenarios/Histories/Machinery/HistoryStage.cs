using Barcelona.GitOps.Git;
using Barcelona.GitOps.Sandbox.Aws;
using Barcelona.GitOps.Sandbox.GitHub;
using Barcelona.GitOps.Sandbox.Registry;
using Barcelona.GitOps.Storage;
using Barcelona.GitOps.Storage.Work;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Barcelona.GitOps.Tests.Scenarios.Histories.Machinery;

/// <summary>
/// The service, with a GitHub and an AWS of their own for each history that is played on it. The processes of the service and the file of its
/// database are what is dear, and are kept: the tables are emptied, and a day passes.
/// </summary>
internal sealed class HistoryStage : IWorkerWorld, IDisposable
{
    private static readonly DateTimeOffset Begin = new(2026, 4, 1, 9, 0, 0, TimeSpan.Zero);

    private const string GitHubUrl = "http://127.0.0.1:1/", AwsUrl = "http://127.0.0.1:2/", RegistryUrl = "http://127.0.0.1:3/";

    // So short that an operation is over at the second or third look: as much can happen in between, at fewer looks.
    private static readonly SandboxTimings Timings = new()
    {
        StackStep = TimeSpan.FromSeconds(0.5),
        ResourceCreation = TimeSpan.FromSeconds(0.8),
        ResourceUpdate = TimeSpan.FromSeconds(0.8),
        ResourceDeletion = TimeSpan.FromSeconds(0.8),
        StabilizationPoll = TimeSpan.FromSeconds(0.5),
        TaskProvisioning = TimeSpan.FromSeconds(0.5),
        TaskPending = TimeSpan.FromSeconds(0.8),
        TaskStopping = TimeSpan.FromSeconds(1),
        HealthCheck = TimeSpan.FromSeconds(4),
        TaskRestart = TimeSpan.FromSeconds(1),
        SteadyState = TimeSpan.FromSeconds(1),
    };

    // One key for all: to make one takes a tenth of a second.
    private static readonly string AppKey = Tests.GitHub.GitHubFixture.AppKey;

    private readonly string _folder;
    private readonly SandboxGit _git;
    private readonly InProcessHandler _carrier;
    private readonly Dictionary<string, string?> _settings;
    private readonly List<HistoryWorker> _spare = [];
    private readonly Stack<HttpRequestMessage> _held = new();
    private readonly Queue<HttpRequestMessage> _onTheirWay = new();
    private World? _world;
    private HistoryWorker? _worker;
    private int _day;
    private string[]? _tables;

    private HistoryStage(Pump pump)
    {
        Pump = pump;
        _folder = Directory.CreateTempSubdirectory("barcelona-histories-").FullName;
        Directory.CreateDirectory(Path.Combine(_folder, "platform"));
        _git = new SandboxGit(() => GitHub);
        _carrier = new InProcessHandler(CarryAsync);
        _settings = new()
        {
            ["Web:PublicUrl"] = "https://barcelona.example.com",
            ["GitHub:AppId"] = "4711",
            ["GitHub:PrivateKey"] = AppKey,
            ["GitHub:WebhookSecret"] = "the-webhook-secret",
            ["GitHub:ApiUrl"] = $"{GitHubUrl}api/",
            ["GitHub:CloneUrl"] = $"{GitHubUrl}git/{{owner}}/{{repo}}.git",
            ["Git:CacheDirectory"] = Path.Combine(_folder, "mirrors"),
            ["Storage:ConnectionString"] = $"Data Source={Path.Combine(_folder, "barcelona.db")}",
            ["Platform:Directory"] = Path.Combine(_folder, "platform"),
            ["Aws:ServiceUrl"] = AwsUrl,
            ["Registries:0:Host"] = "docker.io",
            ["Registries:0:Url"] = $"{RegistryUrl}docker.io",
            ["Registries:0:Insecure"] = "true",
            ["Worker:Enabled"] = "false",
        };
    }

    public Pump Pump { get; }

    public FakeTimeProvider Clock { get; } = new(Begin);

    IManifestSource IWorkerWorld.Git => _git;

    public LogLevel LogLevel { get; init; } = LogLevel.None;

    public SandboxGitHub GitHub => Around.GitHub;

    public SandboxAws Aws => Around.Aws;

    public SandboxRegistry Registry => Around.Registry;

    public SandboxRepository Repository => Around.Repository;

    /// <summary>The process that works now.</summary>
    public HistoryWorker Worker => _worker ?? throw new InvalidOperationException("The service is not started yet.");

    /// <summary>Webhooks wait on their way; GitHub hears that they have arrived.</summary>
    public bool HoldsDeliveries { get; set; }

    /// <summary>What is told of each call before it is made: gives what becomes of it.</summary>
    public Func<HistoryWorker, OutgoingCall, Task<CallFate>> Crossing { get; set; } = (_, _) => Task.FromResult(CallFate.Made);

    public static async Task<HistoryStage> SetAsync(Pump pump, LogLevel logLevel = LogLevel.None)
    {
        var stage = new HistoryStage(pump) { LogLevel = logLevel };
        stage._worker = await stage.StartWorkerAsync();
        return stage;
    }

    /// <summary>A new world, a day later.</summary>
    public async Task BeginAsync(IReadOnlyList<(string Login, string Permission)> people)
    {
        _world?.GitHub.Dispose();
        _held.Clear();
        _onTheirWay.Clear();
        HoldsDeliveries = false;
        Clock.SetUtcNow(Begin.AddDays(++_day));
        await EmptyTablesAsync();
        var gitHub = new SandboxGitHub(new()
        {
            Clock = Clock,
            DataDirectory = Path.Combine(_folder, $"git-{_day}"),
            AppPrivateKeyPem = AppKey,
            WebhookCarrier = _carrier,
        })
        {
            PublicUrl = new Uri(GitHubUrl),
            WebhookUrl = new Uri("http://127.0.0.1:4/github/webhooks"),
        };
        _world = new World(
            gitHub, gitHub.CreateRepository("acme", "shop"), new(new() { Clock = Clock, Timings = Timings }), new() { PublicUrl = new Uri(RegistryUrl) });
        Registry.Shown += Aws.Images.Know;
        foreach (var (login, permission) in people)
        {
            Repository.AddUser(login, permission);
        }

        new StageDistrict(Aws, _folder).Write();
    }

    public async Task EmptyTablesAsync()
    {
        var database = Worker.Get<Database>();
        _tables ??= [.. await database.ReadAsync<string>(
            "select name from sqlite_master where type = 'table' and name not like 'sqlite%' and name <> 'schema_version'", null, default)];
        await using var transaction = await database.BeginAsync();
        foreach (var table in _tables)
        {
            await transaction.ExecuteAsync($"delete from {table}", null, default);
        }

        await transaction.CommitAsync();
    }

    public async Task<HttpResponseMessage> CallAsync(HistoryWorker worker, Outside side, HttpRequestMessage request)
    {
        var call = await OutgoingCall.OfAsync(side, request);
        var fate = await Crossing(worker, call);
        worker.DiedOf = call.What;
        if (fate == CallFate.NeverMade)
        {
            await worker.HangAsync();
        }

        var answer = await InProcess.SendAsync(request, side switch
        {
            Outside.Aws => Aws.HandleAsync,
            Outside.GitHub => GitHub.HandleAsync,
            _ => Registry.HandleAsync,
        });
        if (fate == CallFate.NeverAnswered)
        {
            await worker.HangAsync();
        }

        return answer;
    }

    /// <summary>Another process takes the place of the one that works. It does what the work loop does when it starts, but for the sweep.</summary>
    public async Task ReplaceWorkerAsync(bool isDead)
    {
        var dead = Worker;
        var next = _spare.Count > 0 ? _spare[^1] : await StartWorkerAsync();
        _spare.Remove(next);
        _worker = next;
        await Worker.Get<Lanes>().ForgetQueuedAsync();
        if (isDead)
        {
            dead.Die();

            // One that died while it asked for a token would wait for itself for ever.
            if (!dead.DiedOf.EndsWith("/access_tokens", StringComparison.Ordinal))
            {
                Keep(dead);
            }
        }
    }

    public async Task BetweenJobsAsync()
    {
        await GitHub.WhenQuietAsync();
        while (_onTheirWay.TryDequeue(out var request))
        {
            (await Worker.ReceiveAsync(request)).Dispose();
        }
    }

    /// <summary>The newest first.</summary>
    public async Task ReleaseDeliveriesAsync()
    {
        HoldsDeliveries = false;
        while (_held.TryPop(out var request))
        {
            (await Worker.ReceiveAsync(request)).Dispose();
        }
    }

    public void Keep(HistoryWorker worker) => _spare.Add(worker);

    public void Dispose()
    {
        _world?.GitHub.Dispose();
        _git.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<HttpResponseMessage> CarryAsync(HttpRequestMessage request)
    {
        // In the middle of a job the moment of its arrival would be chance: it comes between two.
        var isAtWork = Worker.Lane is not null;
        if (!HoldsDeliveries && !isAtWork)
        {
            return await Worker.ReceiveAsync(request);
        }

        // The sender lets go of its own when it is answered.
        var held = new HttpRequestMessage(request.Method, request.RequestUri)
        {
            Content = new ByteArrayContent(await (request.Content ?? new ByteArrayContent([])).ReadAsByteArrayAsync()),
        };
        foreach (var (name, values) in request.Headers.Concat(request.Content is { } sent ? [.. sent.Headers] : []))
        {
            if (!held.Headers.TryAddWithoutValidation(name, values))
            {
                held.Content.Headers.TryAddWithoutValidation(name, values);
            }
        }

        if (HoldsDeliveries)
        {
            _held.Push(held);
        }
        else
        {
            _onTheirWay.Enqueue(held);
        }

        return new HttpResponseMessage(System.Net.HttpStatusCode.Accepted);
    }

    private World Around => _world ?? throw new InvalidOperationException("No history has begun yet.");

    private Task<HistoryWorker> StartWorkerAsync() => HistoryWorker.StartAsync(_settings, _ => this);

    private sealed record World(SandboxGitHub GitHub, SandboxRepository Repository, SandboxAws Aws, SandboxRegistry Registry);
}
