using Barcelona.GitOps.Aws;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Barcelona.GitOps.Tests.Aws;

public sealed class AwsOptionsTests
{
    [Theory]
    [InlineData("nonsense")]
    [InlineData("127.0.0.1:4566")]
    public void A_malformed_url_stops_the_start_and_is_named(string url)
    {
        var thrown = Assert.Throws<OptionsValidationException>(() => Validate(url));
        Assert.Contains("Aws__ServiceUrl", thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("http://127.0.0.1:4566")]
    public void A_url_is_optional(string? url) => Validate(url);

    private static void Validate(string? url)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Aws:ServiceUrl", url)]).Build();
        using var services = new ServiceCollection().AddSingleton(TimeProvider.System).AddAws(configuration).BuildServiceProvider();
        services.GetRequiredService<IStartupValidator>().Validate();
    }
}
