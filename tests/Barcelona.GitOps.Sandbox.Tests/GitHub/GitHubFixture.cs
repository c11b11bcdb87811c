using System.Security.Cryptography;
using Barcelona.GitOps.OpenApi;
using Barcelona.GitOps.Sandbox.GitHub;
using Barcelona.GitOps.Sandbox.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace Barcelona.GitOps.Sandbox.Tests.GitHub;

/// <summary>A sandbox with one repository and a receiver of webhooks. At its end every exchange is held against GitHub's description.</summary>
public sealed class GitHubFixture : IAsyncDisposable
{
    private static readonly Lazy<OpenApiContract> Contract =
        new(() => OpenApiContract.Load(Path.Combine(AppContext.BaseDirectory, "openapi/github.json")));

    private static readonly Lazy<string> AppKey = new(() =>
    {
        using var key = RSA.Create(2048);
        return key.ExportPkcs8PrivateKeyPem();
    });

    private readonly string _directory;

    private GitHubFixture(SandboxHost host, WebhookReceiver receiver, FakeTimeProvider clock, string directory)
    {
        (Host, Receiver, Clock) = (host, receiver, clock);
        _directory = directory;
        Repository = host.GitHub.CreateRepository("acme", "shop", isPrivate: true);
        Repository.AddUser("alice", "write");
        Client = new AppClient(host, clock);
    }

    public SandboxHost Host { get; }
    public SandboxGitHub GitHub => Host.GitHub;
    public SandboxRepository Repository { get; }
    public WebhookReceiver Receiver { get; }
    public FakeTimeProvider Clock { get; }
    public AppClient Client { get; }

    public static async Task<GitHubFixture> StartAsync(Func<SandboxGitHubOptions, SandboxGitHubOptions>? change = null)
    {
        var directory = Directory.CreateTempSubdirectory("sandbox-github-").FullName;
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
        var options = new SandboxGitHubOptions { DataDirectory = directory, Clock = clock, AppPrivateKeyPem = AppKey.Value };
        var hosting = new SandboxHostOptions { GitHub = change?.Invoke(options) ?? options };
        var host = await SandboxHost.StartAsync(hosting, TestContext.Current.CancellationToken);
        var receiver = await WebhookReceiver.StartAsync();
        host.GitHub.WebhookUrl = receiver.Url;
        return new GitHubFixture(host, receiver, clock, directory);
    }

    public Task<string> CommitAsync(string branch = "main", string content = "environments: {}\n", string message = "A commit") =>
        Repository.CommitAsync(branch, new Dictionary<string, string> { ["barcelona.yml"] = content }, message);

    /// <summary>What the descriptions found wrong. Faults and refusals for a wrong path are not GitHub's to describe.</summary>
    public IReadOnlyList<string> ContractBreaches() => [.. GitHub.Requests.SelectMany(r => Contract.Value.Check(new OpenApiExchange
    {
        Method = r.Method,
        Path = r.Path,
        Query = r.Query,
        ContentType = r.ContentType,
        Body = r.Body,
        StatusCode = r.StatusCode,
        ResponseContentType = r.ResponseContentType,
        ResponseBody = r.ResponseBody,
    }))];

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await GitHub.WhenQuietAsync();
        await Host.DisposeAsync();
        await Receiver.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
        Assert.Empty(ContractBreaches());
    }
}
