using Barcelona.GitOps.Core.Templates.Tasks;
using Barcelona.GitOps.Registries;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Barcelona.GitOps.Tests.Registries;

/// <summary>The adapter as the service wires it.</summary>
internal sealed class RegistryHarness : IDisposable
{
    private readonly ServiceProvider _services;

    /// <param name="settings">Of one registry.</param>
    public RegistryHarness(params (string Name, string Value)[] settings)
        : this([settings])
    {
    }

    private RegistryHarness((string Name, string Value)[][] registries) => _services = new ServiceCollection()
        .AddSingleton(TimeProvider.System)
        .AddRegistries(new ConfigurationBuilder()
            .AddInMemoryCollection(registries.Index().SelectMany(registry => registry.Item.Select(
                s => KeyValuePair.Create<string, string?>($"Registries:{registry.Index}:{s.Name}", s.Value))))
            .Build())
        .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });

    /// <summary>A registry by the name of <c>registry.example</c> that is reached there by plain http.</summary>
    /// <param name="others">Named by their own addresses.</param>
    public static RegistryHarness Of(Uri url, params Uri[] others) => new(
    [
        [("Host", "registry.example"), ("Url", url.AbsoluteUri), ("Insecure", "true")],
        .. others.Select(other => new[] { ("Host", other.Authority), ("Insecure", "true") }),
    ]);

    /// <param name="image">In <c>registry.example</c>: name and tag.</param>
    public Task<ImageReading> LookAsync(string image, RegistryLogin? login = null) => LookAnywhereAsync($"registry.example/{image}", login);

    public Task<ImageReading> LookAnywhereAsync(string image, RegistryLogin? login = null) => _services.GetRequiredService<RegistryClient>()
        .LookAsync(ImageName.Parse(image), login, TestContext.Current.CancellationToken);

    public RegistryAddress AddressOf(string registry) => _services.GetRequiredService<RegistryAddresses>().Of(registry);

    public void Dispose() => _services.Dispose();
}
