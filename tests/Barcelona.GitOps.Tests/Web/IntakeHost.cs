using Barcelona.GitOps.Storage;
using Barcelona.GitOps.Storage.Deliveries;
using Barcelona.GitOps.Storage.Work;
using Barcelona.GitOps.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Barcelona.GitOps.Tests.Web;

/// <summary>Webhook endpoint and storage in a real server on a free port of the loopback.</summary>
internal sealed class IntakeHost : IAsyncDisposable
{
    public const string Secret = "the new secret", PreviousSecret = "the old secret";

    private readonly WebApplication _app;

    private IntakeHost(WebApplication app) => _app = app;

    public DeliveryLog Deliveries => _app.Services.GetRequiredService<DeliveryLog>();

    public WorkSignal Work => _app.Services.GetRequiredService<WorkSignal>();

    public Uri Address => new(_app.Urls.First());

    public static async Task<IntakeHost> StartAsync(string connectionString, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Storage:ConnectionString"] = connectionString,
            ["GitHub:WebhookSecret"] = Secret,
            ["GitHub:PreviousWebhookSecret"] = PreviousSecret,
        });
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddLogging().AddRoutingCore().AddStorage(builder.Configuration).AddWebhooks(builder.Configuration);
        var app = builder.Build();
        app.UseRouting();
        WebhookEndpoint.Map(app);
        await app.StartAsync(cancellationToken);
        return new(app);
    }

    /// <summary>Changes a setting as an edited settings file would.</summary>
    public void Set(string key, string? value)
    {
        var configuration = (IConfigurationRoot)_app.Configuration;
        configuration[key] = value;
        configuration.Reload();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
