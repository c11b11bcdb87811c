using Microsoft.Extensions.Options;

namespace Barcelona.GitOps.Registries;

public static class RegistriesSetup
{
    /// <summary>The name of the HTTP client that every question to a registry goes through.</summary>
    public const string HttpClientName = "registries";

    /// <summary>For the head of an answer, and once more for its body.</summary>
    internal static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    public static IServiceCollection AddRegistries(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<RegistryList>()
            .Configure(list => configuration.GetSection(RegistryList.Section).Bind(list.ByNumber))
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<RegistryList>, RegistryListValidator>();

        // Without its loggers: tokens and credentials are in headers.
        services.AddHttpClient(HttpClientName, client => client.Timeout = AnswerTimeout)
            .ConfigurePrimaryHttpMessageHandler(provider => new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                ConnectCallback = new RegistryConnections(provider.GetRequiredService<RegistryAddresses>()).ConnectAsync,
                ConnectTimeout = ConnectTimeout,
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                UseCookies = false,
            })
            .RemoveAllLoggers();

        return services
            .AddSingleton<RegistryAddresses>()
            .AddSingleton<RegistryWire>()
            .AddSingleton<RegistryTokens>()
            .AddSingleton<RegistryClient>();
    }
}
