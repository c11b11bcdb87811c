using Barcelona.GitOps.Storage.Deliveries;
using Barcelona.GitOps.Storage.History;
using Barcelona.GitOps.Storage.Notifications;
using Barcelona.GitOps.Storage.Refs;
using Barcelona.GitOps.Storage.Work;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Barcelona.GitOps.Storage;

public static class StorageSetup
{
    public static IServiceCollection AddStorage(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<StorageOptions>().Bind(configuration.GetSection(StorageOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<StorageOptions>, StorageOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider =>
            Database.Connect(provider.GetRequiredService<IOptions<StorageOptions>>().Value, provider.GetService<ILoggerFactory>()));
        services.AddHostedService<MigrateAtStart>();

        services.AddSingleton<DeliveryLog>();
        services.AddSingleton<WorkSignal>();
        services.AddSingleton<Lanes>();
        services.AddSingleton<RefEvents>();
        services.AddSingleton<RefStates>();
        services.AddSingleton<Repositories>();
        services.AddSingleton<PriorityReservations>();
        services.AddSingleton<Runs>();
        services.AddSingleton<RunRequests>();
        services.AddSingleton<Approvals>();
        services.AddSingleton<ReleaseHistory>();
        services.AddSingleton<NoticeLog>();
        return services;
    }
}
