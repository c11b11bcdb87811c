using Microsoft.Extensions.Options;

namespace Barcelona.GitOps.Tests.Registries;

/// <summary>Where a registry is reached, and which settings stop the start.</summary>
public sealed class AddressTests
{
    [Theory]
    [InlineData("docker.io", "https://registry-1.docker.io/")]
    [InlineData("ghcr.io", "https://ghcr.io/")]
    [InlineData("registry.acme.example:5000", "https://registry.acme.example:5000/")]
    public void Without_a_setting_it_is_https_and_its_own_name(string registry, string url)
    {
        using var registries = new RegistryHarness();

        Assert.Equal((url, false), (registries.AddressOf(registry).Url.AbsoluteUri, registries.AddressOf(registry).IsInsecure));
    }

    [Fact]
    public void A_mirror_stands_in_for_it_below_its_own_path()
    {
        using var registries = new RegistryHarness(("Host", "docker.io"), ("Url", "https://mirror.acme.example/hub"));

        Assert.Equal("https://mirror.acme.example/hub/", registries.AddressOf("docker.io").Url.AbsoluteUri);
    }

    [Theory]
    [InlineData("", "https://mirror.example", "", "Registries__0__Host is ''")]
    [InlineData("quay.io/acme", "https://mirror.example", "", "Registries__0__Host is 'quay.io/acme'")]
    [InlineData("quay.io", "ftp://mirror.example", "", "Registries__0__Url must be")]
    [InlineData("quay.io", "https://robot:hunter2@mirror.example", "", "Registries__0__Url must be")]
    [InlineData("quay.io", "http://mirror.example", "", "Registries__0__Url is plain http")]
    [InlineData("quay.io", "https://mirror.example", "quay", "Registries__0__SecretArn must be")]
    public void A_malformed_setting_is_named(string host, string url, string secret, string words)
    {
        using var registries = new RegistryHarness(("Host", host), ("Url", url), ("SecretArn", secret));

        var error = Assert.Throws<OptionsValidationException>(() => registries.AddressOf("quay.io"));

        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error.Message, StringComparison.Ordinal);
    }
}
