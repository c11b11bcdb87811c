using System.Security.Cryptography;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Git;
using Barcelona.GitOps.GitHub;
using Barcelona.GitOps.OpenApi;
using Barcelona.GitOps.Sandbox.GitHub;
using Barcelona.GitOps.Sandbox.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Barcelona.GitOps.Tests.GitHub;

/// <summary>
/// The service's GitHub and Git folders as the host sets them up, against a sandbox with one private repository.
/// At the end every request that was sent is held against GitHub's own description of its API.
/// </summary>
public sealed class GitHubFixture : IAsyncDisposable
{
    private static readonly Lazy<OpenApiContract> Contract =
        new(() => OpenApiContract.Load(Path.Combine(AppContext.BaseDirectory, "openapi/github.json")));

    // Made once: a key costs a fifth of a second.
    private static readonly Lazy<string> Key = new(() =>
    {
        using var key = RSA.Create(2048);
        return key.ExportRSAPrivateKeyPem();
    });

    private readonly SandboxHost _host;
    private readonly ServiceProvider _services;
    private readonly string _directory;

    private GitHubFixture(SandboxHost host, FakeTimeProvider clock, string directory)
    {
        (_host, Clock, _directory) = (host, clock, directory);
        Repository = host.GitHub.CreateRepository("acme", "shop", isPrivate: true);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["GitHub:AppId"] = "4711",
            ["GitHub:PrivateKey"] = host.GitHub.AppPrivateKeyPem,
            ["GitHub:ApiUrl"] = host.GitHubApiUrl.AbsoluteUri,
            ["GitHub:CloneUrl"] = host.CloneUrlTemplate,
            ["Git:CacheDirectory"] = Path.Combine(directory, "cache"),
        }).Build();
        _services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(clock).AddGitHub(configuration).AddGit(configuration)
            .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }

    /// <summary>An App's private key.</summary>
    public static string AppKey => Key.Value;

    public static RepositoryName Shop { get; } = RepositoryName.Parse("acme/shop");

    public SandboxGitHub GitHub => _host.GitHub;

    public SandboxRepository Repository { get; }

    public FakeTimeProvider Clock { get; }

    public string CacheDirectory => Path.Combine(_directory, "cache");

    public IManifestSource Git => Get<IManifestSource>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<GitHubFixture> StartAsync(int requestsPerHour = 5000)
    {
        var directory = Directory.CreateTempSubdirectory("barcelona-github-").FullName;
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
        var options = new SandboxGitHubOptions
        {
            DataDirectory = Path.Combine(directory, "github"),
            Clock = clock,
            AppPrivateKeyPem = Key.Value,
            RequestsPerHour = requestsPerHour,
        };
        return new(await SandboxHost.StartAsync(new SandboxHostOptions { GitHub = options }, Cancellation), clock, directory);
    }

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    public Task<RepositoryClient> ClientAsync() => Get<GitHubClients>().ForAsync(GitHub.InstallationId, Shop, Cancellation);

    public async Task<CommitSha> CommitAsync(string branch = "main", string content = "environments: {}\n", string message = "A commit") =>
        CommitSha.Parse(await Repository.CommitAsync(branch, new Dictionary<string, string> { ["barcelona.yml"] = content }, message));

    /// <summary>Read access to the repository, with a token made for that.</summary>
    public async Task<GitAccess> AccessAsync()
    {
        var clients = Get<GitHubClients>();
        return new(clients.CloneUrl(Shop), (await clients.ContentsTokenAsync(GitHub.InstallationId, Shop, Cancellation)).Reveal());
    }

    /// <summary>The requests that came in, without those for tokens.</summary>
    public IEnumerable<string> Requests() =>
        GitHub.Requests.Where(r => !r.Path.EndsWith("/access_tokens", StringComparison.Ordinal)).Select(r => r.ToString());

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await GitHub.WhenQuietAsync();
        await _host.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
        Assert.Empty(GitHub.Requests.Where(r => r.StatusCode is > 0 and < 500).SelectMany(r => Contract.Value.Check(new OpenApiExchange
        {
            Method = r.Method,
            Path = r.Path,
            Query = r.Query,
            ContentType = r.ContentType,
            Body = r.Body,
            StatusCode = r.StatusCode,
            ResponseContentType = r.ResponseContentType,
            ResponseBody = r.ResponseBody,
        })));
    }
}
