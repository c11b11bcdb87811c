using System.Net;
using Barcelona.GitOps.GitHub.Checks;
using Barcelona.GitOps.GitHub.Deployments;
using Barcelona.GitOps.GitHub.Http;
using Barcelona.GitOps.GitHub.Tokens;
using Barcelona.GitOps.GitHub.Webhooks;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Barcelona.GitOps.GitHub;

public static class GitHubSetup
{
    /// <summary>Everything that speaks to GitHub. A missing or malformed setting stops the start.</summary>
    public static IServiceCollection AddGitHub(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<GitHubOptions>().Bind(configuration.GetSection(GitHubOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<GitHubOptions>, GitHubOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);

        services.AddTransient<RequestHeaders>();
        services.AddTransient<TransientRetry>();
        services.AddTransient<RequestDeadline>();
        services.AddHttpClient(ApiFactory.HttpClientName)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                // Octokit follows redirects itself, and drops the credentials when the host changes.
                AllowAutoRedirect = false,
                AutomaticDecompression = DecompressionMethods.All,
                ConnectTimeout = TimeSpan.FromSeconds(10),
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .AddHttpMessageHandler<RequestHeaders>()
            .AddHttpMessageHandler<TransientRetry>()
            .AddHttpMessageHandler<RequestDeadline>();

        services.AddSingleton<EtagCache>();
        services.AddSingleton<ApiFactory>();
        services.AddSingleton<AppJwt>();
        services.AddSingleton<AppIdentity>();
        services.AddSingleton(s => new AppClient(AsApp(s), s.GetRequiredService<AppIdentity>()));
        services.AddSingleton(s => new InstallationTokens(AsApp(s), s.GetRequiredService<TimeProvider>()));
        services.AddSingleton(s => new GitHubClients(
            s.GetRequiredService<ApiFactory>(), s.GetRequiredService<InstallationTokens>(), s.GetRequiredService<IOptions<GitHubOptions>>()));
        services.AddSingleton(s => new DeliveryRecovery(AsApp(s), s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<CheckRunReporter>();
        services.AddSingleton<DeploymentReporter>();
        services.AddSingleton<GitHubHealth>();
        services.AddSingleton<WebhookTranslator>();
        return services;
    }

    private static GitHubApi AsApp(IServiceProvider services) =>
        services.GetRequiredService<ApiFactory>().Create(new AppCredentials(services.GetRequiredService<AppJwt>()), scope: "app");
}
