using Barcelona.GitOps.Reconciliation.Acts;
using Barcelona.GitOps.Storage;

namespace Barcelona.GitOps.Commands.Targets;

/// <summary>The service's tables, as its settings name them. A command neither makes nor migrates them.</summary>
internal sealed class ServiceDatabase : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private ServiceDatabase(ServiceProvider services) => _services = services;

    /// <exception cref="CommandInputException">There is no database there, or one of another version.</exception>
    public static async Task<ServiceDatabase> OpenAsync(CancellationToken cancellationToken)
    {
        var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(TimeProvider.System)
            .AddStorage(new ConfigurationBuilder().AddEnvironmentVariables().Build())
            .AddActs()
            .BuildServiceProvider();
        var opened = new ServiceDatabase(services);
        try
        {
            await opened.Get<Database>().CheckAsync(cancellationToken);
            return opened;
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }
    }

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
