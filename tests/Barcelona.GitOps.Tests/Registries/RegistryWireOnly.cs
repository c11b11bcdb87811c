using Barcelona.GitOps.Registries;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Barcelona.GitOps.Tests.Registries;

/// <summary>What answers challenges, by itself: a safe registry cannot be had on loopback.</summary>
internal sealed class RegistryWireOnly : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection()
        .AddSingleton(TimeProvider.System)
        .AddRegistries(new ConfigurationBuilder().Build())
        .BuildServiceProvider();

    public RegistryTokens Tokens => _services.GetRequiredService<RegistryTokens>();

    public void Dispose() => _services.Dispose();
}
