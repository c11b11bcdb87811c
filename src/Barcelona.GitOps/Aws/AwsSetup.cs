using Barcelona.GitOps.Aws.Converging;
using Barcelona.GitOps.Aws.Districts;
using Barcelona.GitOps.Aws.Failures;
using Barcelona.GitOps.Aws.Images;
using Barcelona.GitOps.Aws.Notifications;
using Barcelona.GitOps.Aws.Observing;
using Barcelona.GitOps.Aws.Rollouts;
using Barcelona.GitOps.Aws.Tasks;
using Microsoft.Extensions.Options;

namespace Barcelona.GitOps.Aws;

public static class AwsSetup
{
    /// <summary>The name of the HTTP client that every AWS call goes through.</summary>
    public const string HttpClientName = "aws";

    // A call answers in seconds or not at all; the SDK tries again by itself.
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    public static IServiceCollection AddAws(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AwsOptions>().Bind(configuration.GetSection(AwsOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<AwsOptions>, AwsOptionsValidator>();

        // Handlers live as long as the process, so that sessions can keep their client; the pool renews connections for DNS.
        services.AddHttpClient(HttpClientName, client => client.Timeout = CallTimeout)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                ConnectTimeout = ConnectTimeout,
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                UseCookies = false,
                AllowAutoRedirect = false,
            })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers();

        return services
            .AddSingleton<SdkHttpClientFactory>()
            .AddSingleton<AwsSessions>()
            .AddSingleton<AwsHealth>()
            .AddSingleton<AccountCheck>()
            .AddSingleton<StackReader>()
            .AddSingleton<TaskDefinitionReader>()
            .AddSingleton<AwsStateReader>()
            .AddSingleton<AwsSecretsReader>()
            .AddSingleton<RegistrySecretReader>()
            .AddSingleton<WebhookSecretReader>()
            .AddSingleton<ListenerRulesReader>()
            .AddSingleton<DistrictStateReader>()
            .AddSingleton<DistrictLookups>()
            .AddSingleton<DwellerReader>()
            .AddSingleton<TemplateUploads>()
            .AddSingleton<StackConverger>()
            .AddSingleton<UpdateCancellation>()
            .AddSingleton<EcsConverger>()
            .AddSingleton<OneOffs>()
            .AddSingleton<DeploymentWatcher>()
            .AddSingleton<FailureEvidence>()
            .AddSingleton<EarlySigns>()
            .AddSingleton<StuckResources>();
    }
}
