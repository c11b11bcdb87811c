using System.Net;
using Barcelona.GitOps.Sandbox.Aws;
using Barcelona.GitOps.Sandbox.GitHub;
using Barcelona.GitOps.Sandbox.Registry;
using Barcelona.GitOps.Sandbox.Slack;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Barcelona.GitOps.Sandbox.Hosting;

/// <summary>The sandbox on loopback ports. It is reached as the real services are: by URL.</summary>
public sealed class SandboxHost : IAsyncDisposable
{
    private static readonly string[] RegistryHosts =
    [
        "docker.io", "ghcr.io", "quay.io", "public.ecr.aws",
        "123456789012.dkr.ecr.ap-northeast-1.amazonaws.com", "123456789012.dkr.ecr.us-east-1.amazonaws.com",
    ];

    private readonly List<WebApplication> _servers = [];

    private SandboxHost(SandboxHostOptions options)
    {
        GitHub = new SandboxGitHub(options.GitHub);
        Aws = new SandboxAws(options.Aws);
        Registry.Shown += Aws.Images.Know;
    }

    public SandboxGitHub GitHub { get; }

    public SandboxAws Aws { get; }

    public SandboxRegistry Registry { get; } = new();

    /// <summary>Its URL is for `Slack__InternalUrl`.</summary>
    public SandboxSlack Slack { get; } = new();

    /// <summary>For `Aws__ServiceUrl`: all services of AWS.</summary>
    public Uri AwsUrl { get; private set; } = new("http://127.0.0.1/");

    /// <summary>For `GitHub__ApiUrl`; with a slash at its end.</summary>
    public Uri GitHubApiUrl => new(GitHub.PublicUrl, "api/");

    /// <summary>For `GitHub__CloneUrl`: owner and repository in braces.</summary>
    public string CloneUrlTemplate => $"{GitHub.PublicUrl}git/{{owner}}/{{repo}}.git";

    /// <summary>The `Registries__…` that lead the service here for the registries that examples use.</summary>
    public IReadOnlyDictionary<string, string> RegistrySettings => RegistryHosts.Index().SelectMany(host => new[]
    {
        KeyValuePair.Create($"Registries__{host.Index}__Host", host.Item),
        KeyValuePair.Create($"Registries__{host.Index}__Url", new Uri(Registry.PublicUrl, host.Item).AbsoluteUri),
        KeyValuePair.Create($"Registries__{host.Index}__Insecure", "true"),
    }).ToDictionary();

    public static async Task<SandboxHost> StartAsync(SandboxHostOptions options, CancellationToken cancellationToken = default)
    {
        var host = new SandboxHost(options);
        host.GitHub.PublicUrl = await host.ListenAsync(options.GitHubPort, host.GitHub.HandleAsync, cancellationToken);
        host.AwsUrl = await host.ListenAsync(options.AwsPort, host.Aws.HandleAsync, cancellationToken);
        host.Registry.PublicUrl = await host.ListenAsync(options.RegistryPort, host.Registry.HandleAsync, cancellationToken);
        host.Slack.Url = await host.ListenAsync(0, host.Slack.HandleAsync, cancellationToken);
        return host;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
            await server.DisposeAsync();
        GitHub.Dispose();
    }

    private async Task<Uri> ListenAsync(int port, RequestDelegate handle, CancellationToken cancellationToken)
    {
        // The empty builder reads no settings and no environment: ASPNETCORE_URLS of whoever starts us is not meant for the sandbox.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http1);
            // A push is as large as it is.
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.AllowSynchronousIO = false;
        });
        var server = builder.Build();
        _servers.Add(server);
        server.Run(handle);
        await server.StartAsync(cancellationToken);
        return new Uri(server.Urls.First() + "/");
    }
}
