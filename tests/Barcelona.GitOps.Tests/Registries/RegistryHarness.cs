using Barcelona.GitOps.Core.Templates.Tasks;
using Barcelona.GitOps.Registries;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Barcelona.GitOps.Tests.Registries;

/// <summary>The adapter as the service wires it.</summary>
internal sealed class RegistryHarness(params (string Name, string Value)[] settings) : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection()
        .AddSingleton(TimeProvider.System)
        .AddRegistries(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create<string, string?>($"Registries:0:{s.Name}", s.Value)))
            .Build())
        .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });

    /// <summary>A registry by the name of <c>registry.example</c> that is reached there by plain http.</summary>
    public static RegistryHarness Of(Uri url) => new(("Host", "registry.example"), ("Url", url.AbsoluteUri), ("Insecure", "true"));

    /// <param name="image">In <c>registry.example</c>: name and tag.</param>
    public Task<ImageReading> LookAsync(string image, RegistryLogin? login = null) => _services.GetRequiredService<RegistryClient>()
        .LookAsync(ImageName.Parse($"registry.example/{image}"), login, TestContext.Current.CancellationToken);

    public RegistryAddress AddressOf(string registry) => _services.GetRequiredService<RegistryAddresses>().Of(registry);

    public void Dispose() => _services.Dispose();
}
