using System.Collections.Concurrent;
using System.Security.Cryptography;
using Barcelona.GitOps.Sandbox.Git;
using Barcelona.GitOps.Sandbox.GitHub.Access;
using Barcelona.GitOps.Sandbox.GitHub.Faults;
using Barcelona.GitOps.Sandbox.GitHub.Rest;
using Barcelona.GitOps.Sandbox.GitHub.Webhooks;

namespace Barcelona.GitOps.Sandbox.GitHub;

/// <summary>
/// A GitHub small enough to read: one App, its installations, repositories on disk. REST lies under `/api/`, git under `/git/{owner}/{repo}.git`.
/// </summary>
public sealed class SandboxGitHub : IDisposable
{
    private readonly RSA _appKey;
    private readonly ConcurrentDictionary<string, SandboxRepository> _repositories = new(StringComparer.OrdinalIgnoreCase);
    private readonly RestServer _rest;
    private readonly GitServer _git;

    public SandboxGitHub(SandboxGitHubOptions options)
    {
        Options = options;
        _appKey = RSA.Create(2048);
        if (options.AppPrivateKeyPem is not null)
            _appKey.ImportFromPem(options.AppPrivateKeyPem);
        Ids = new Sequence(1001);
        People = new SandboxPeople(Ids);
        Bot = People.AddBot($"{options.AppSlug}[bot]");
        Installations = new Ledger<SandboxInstallation>(i => i.Id);
        Tokens = new InstallationTokens(options.Clock);
        Webhooks = new WebhookSender(this);
        _rest = new RestServer(this, new AppJwt(_appKey, options));
        _git = new GitServer(this, new GitHttpBackend(options.DataDirectory));
    }

    /// <summary>Where this sandbox is reached, with a slash at its end. Set by the host once the port is known.</summary>
    public Uri PublicUrl { get; set; } = new("http://127.0.0.1/");

    public string AppPrivateKeyPem => _appKey.ExportPkcs8PrivateKeyPem();

    public long AppId => Options.AppId;

    public string AppSlug => Options.AppSlug;

    public string WebhookSecret => Options.WebhookSecret;

    /// <summary>The installation on the first owner; others have their own.</summary>
    public long InstallationId =>
        Installations.All is [var first, ..] ? first.Id : throw new InvalidOperationException("The App is not installed yet.");

    public Uri? WebhookUrl { get; set; }

    /// <summary>False: the service counts as down, and deliveries are recorded as failed. GitHub never tries again by itself.</summary>
    public bool Deliver { get; set; } = true;

    public GitHubRequestLog Requests { get; } = new();

    public FaultRules Faults { get; } = new();

    public IReadOnlyList<WebhookDelivery> Deliveries => Webhooks.Deliveries.All;

    public SandboxPeople People { get; }

    public IReadOnlyList<SandboxRepository> Repositories => [.. _repositories.Values.OrderBy(r => r.Id)];

    /// <summary>Raised after each change that a person looking at GitHub would see, on the thread that made it.</summary>
    public event Action<SandboxChange>? Changed;

    internal SandboxGitHubOptions Options { get; }

    internal Sequence Ids { get; }

    internal SandboxUser Bot { get; }

    internal Ledger<SandboxInstallation> Installations { get; }

    internal InstallationTokens Tokens { get; }

    internal WebhookSender Webhooks { get; }

    internal DateTimeOffset Now => Options.Clock.GetUtcNow();

    public Task HandleAsync(HttpContext context) => context.Request.Path switch
    {
        var path when path.StartsWithSegments("/api", out var rest) => _rest.HandleAsync(context, rest.Value ?? ""),
        var path when path.StartsWithSegments("/git", out var rest) => _git.HandleAsync(context, rest.Value ?? ""),
        _ => RespondNotFound(context),
    };

    /// <summary>Makes an empty repository that the App is installed on.</summary>
    public SandboxRepository CreateRepository(string owner, string name, bool isPrivate = false, string defaultBranch = "main")
    {
        var account = People.Find(owner) ?? People.AddOrganization(owner);
        var installation = Installations.FindOrAdd(i => i.Account == account, () => new SandboxInstallation(Ids.Next(), account, Now)).Entry;
        var git = BareRepository.Create(PathOf(owner, name), defaultBranch);
        return Add(new SandboxRepository(this, git, account, name)
        {
            Private = isPrivate,
            DefaultBranch = defaultBranch,
            InstallationId = installation.Id,
        });
    }

    public SandboxRepository? FindRepository(string owner, string name) => _repositories.GetValueOrDefault($"{owner}/{name}");

    /// <summary>Sends a delivery again under its old guid, as the button and the API do.</summary>
    public Task RedeliverAsync(WebhookDelivery delivery) => Webhooks.RedeliverAsync(delivery);

    public Task PingAsync() => Webhooks.SendAsync(WebhookEvent.Ping(this));

    /// <summary>An owner suspends the App: no more tokens until it is taken back.</summary>
    public Task SuspendAsync(string owner) => ChangeInstallationAsync(owner, "suspend", i => i with { SuspendedAt = Now });

    public Task UnsuspendAsync(string owner) => ChangeInstallationAsync(owner, "unsuspend", i => i with { SuspendedAt = null });

    public Task SendInstalledAsync(string owner) => ChangeInstallationAsync(owner, "created", i => i);

    /// <summary>Ends when no delivery is on its way.</summary>
    public Task WhenQuietAsync() => Webhooks.WhenQuietAsync();

    public void Dispose()
    {
        Webhooks.Dispose();
        foreach (var repository in _repositories.Values)
            repository.Git.Dispose();
        _appKey.Dispose();
    }

    internal SandboxRepository AddFork(SandboxRepository of, SandboxUser owner) =>
        Add(new SandboxRepository(this, of.Git.CopyTo(PathOf(owner.Login, of.Name)), owner, of.Name)
        {
            Private = of.Private,
            DefaultBranch = of.DefaultBranch,
            Parent = of,
        });

    internal void Announce(SandboxChange change) => Changed?.Invoke(change);

    private Task ChangeInstallationAsync(string owner, string action, Func<SandboxInstallation, SandboxInstallation> change)
    {
        var found = Installations.All.FirstOrDefault(i => i.Account.Login == owner)
            ?? throw new ArgumentException($"The App is not installed on {owner}.");
        var installation = Installations.Update(found.Id, change) ?? found;
        return Webhooks.SendAsync(InstallationEvents.Installation(this, action, installation));
    }

    private SandboxRepository Add(SandboxRepository repository) => _repositories.TryAdd(repository.FullName, repository)
        ? repository
        : throw new ArgumentException($"{repository.FullName} exists already.");

    private string PathOf(string owner, string name) => Path.Combine(Options.DataDirectory, owner, name + ".git");

    private static Task RespondNotFound(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
