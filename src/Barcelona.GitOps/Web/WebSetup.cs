using Microsoft.Extensions.Options;

namespace Barcelona.GitOps.Web;

internal static class WebSetup
{
    public static IServiceCollection AddWeb(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<WebOptions>().Bind(configuration.GetSection(WebOptions.Section));
        services.AddSingleton<Readiness>();
        services.AddWebhooks(configuration);
        return services;
    }

    public static void UseBoundedKestrel(this WebApplicationBuilder builder) => builder.WebHost.ConfigureKestrel(kestrel =>
    {
        kestrel.AddServerHeader = false;

        // GitHub caps payloads at 25 MB; the endpoint itself says 413, with a little room so that it is the one to say it.
        kestrel.Limits.MaxRequestBodySize = 26 * 1024 * 1024;
    });

    public static void UseWeb(this WebApplication app)
    {
        HealthEndpoints.Map(app);
        if (!app.Services.GetRequiredService<IOptions<WebOptions>>().Value.Enabled)
        {
            return;
        }

        WebhookEndpoint.Map(app);
        RunPage.Map(app);
    }
}
