using Barcelona.GitOps.Internet;
using Microsoft.Extensions.Options;

namespace Barcelona.GitOps.Slack;

public static class SlackSetup
{
    /// <summary>The name of the HTTP client that every message goes through.</summary>
    public const string HttpClientName = "slack";

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(3);

    public static IServiceCollection AddSlack(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SlackOptions>().Bind(configuration.GetSection(SlackOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SlackOptions>, SlackOptionsValidator>();

        // Without its loggers: the address is the permission to post. How long an answer may take is the sender's own affair, by its clock.
        services.AddHttpClient(HttpClientName, client => client.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(provider => new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                ConnectCallback = (context, cancellationToken) =>
                    ConnectAsync(provider.GetRequiredService<IOptions<SlackOptions>>().Value, context, cancellationToken),
                ConnectTimeout = ConnectTimeout,
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                UseCookies = false,
            })
            .RemoveAllLoggers();
        return services.AddSingleton<SlackSender>();
    }

    private static async ValueTask<Stream> ConnectAsync(
        SlackOptions options, SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var isInternal = context.InitialRequestMessage.RequestUri is { } url && options.IsInternal(url);
        return await PublicConnections.ConnectAsync(context, isInternal, cancellationToken) ?? throw new PrivateAddressException();
    }
}

/// <summary>A webhook's address leads into a private network.</summary>
internal sealed class PrivateAddressException() : Exception("The address is in a private network.");
