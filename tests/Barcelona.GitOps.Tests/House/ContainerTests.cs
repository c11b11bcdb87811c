using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Barcelona.GitOps.Tests.House;

/// <summary>What the host wires up is complete: nothing is missing at the first webhook that was not missing at the start.</summary>
public sealed class ContainerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("barcelona-container").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Every_service_of_ours_can_be_made()
    {
        List<Type> registered = [];
        await using var app = ServiceHost.Build([], builder =>
        {
            builder.Configuration.AddInMemoryCollection(Settings());
            builder.Host.UseDefaultServiceProvider(provider => provider.ValidateOnBuild = provider.ValidateScopes = true);
            builder.Services.AddSingleton<IHostedService>(_ => new Spy(registered, builder.Services));
        });
        _ = app.Services.GetServices<IHostedService>().ToList();

        Assert.True(registered.Count > 40, $"only {registered.Count} services are ours");
        foreach (var service in registered)
        {
            Assert.NotEmpty(app.Services.GetServices(service));
        }
    }

    private Dictionary<string, string?> Settings() => new()
    {
        ["GitHub:AppId"] = "4711",
        ["GitHub:PrivateKey"] = GitHub.GitHubFixture.AppKey,
        ["GitHub:WebhookSecret"] = "the-webhook-secret",
        ["Storage:ConnectionString"] = $"Data Source={Path.Combine(_folder, "barcelona.db")}",
        ["Git:CacheDirectory"] = Path.Combine(_folder, "mirrors"),
        ["Platform:Directory"] = _folder,
    };

    /// <summary>Looks at the registrations once all of them are there.</summary>
    private sealed class Spy : IHostedService
    {
        public Spy(List<Type> registered, IServiceCollection services) => registered.AddRange(services
            .Select(s => s.ServiceType)
            .Where(t => !t.ContainsGenericParameters && t.Assembly == typeof(ServiceHost).Assembly)
            .Distinct());

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
