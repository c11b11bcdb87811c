using Microsoft.Extensions.Options;

namespace Barcelona.GitOps.Web;

public static class WebhookSetup
{
    /// <summary>What <see cref="WebhookEndpoint"/> needs beside the storage.</summary>
    public static IServiceCollection AddWebhooks(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<WebhookOptions>().Bind(configuration.GetSection(WebhookOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<WebhookOptions>, WebhookOptionsValidator>();
        services.AddSingleton<WebhookEndpoint>();
        return services;
    }
}
