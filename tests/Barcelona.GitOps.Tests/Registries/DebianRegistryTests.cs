using System.Net.Http.Headers;
using System.Text;
using Barcelona.GitOps.Core.Templates.Tasks;
using Barcelona.GitOps.Registries;

namespace Barcelona.GitOps.Tests.Registries;

/// <summary>The reader against a registry by people who do not know it.</summary>
public sealed class DebianRegistryTests
{
    private static readonly RegistryLogin Robot = new("robot", "hunter2", "a test"), Stranger = new("robot", "wrong", "a test");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_open_registry_says_what_a_tag_stands_for_and_that_another_is_not_there()
    {
        await using var registry = new DebianRegistry();
        await registry.StartAsync(auth: "", Stop);
        var digest = await registry.PushAsync("acme/shop", "v1", authorization: null, Stop);
        using var client = RegistryHarness.Of(registry.Url);

        Assert.Equal(new ImageReading.Found(digest), await client.LookAsync("acme/shop:v1"));
        Assert.Equal(new ImageReading.NotThere("404 Not Found"), await client.LookAsync("acme/shop:v2"));
        Assert.Equal(new ImageReading.NotThere("404 Not Found"), await client.LookAsync("acme/other:v1"));
    }

    [Fact]
    public async Task A_registry_with_passwords_wants_the_right_one()
    {
        await using var registry = new DebianRegistry();

        // "hunter2", by bcrypt.
        var file = Path.Combine(registry.Folder, "htpasswd");
        await File.WriteAllTextAsync(file, "robot:$2y$05$abcdefghijklmnopqrstuuoXuKqgZXLiJqzfmMXDDhSFPIvxV7t8.\n", Stop);
        await registry.StartAsync($"auth: {{htpasswd: {{realm: a-realm, path: {file}}}}}", Stop);
        var basic = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("robot:hunter2")));
        var digest = await registry.PushAsync("acme/shop", "v1", basic, Stop);
        using var client = RegistryHarness.Of(registry.Url);

        Assert.Equal(new ImageReading.Found(digest), await client.LookAsync("acme/shop:v1", Robot));
        Assert.IsType<ImageReading.NotThere>(await client.LookAsync("acme/shop:v2", Robot));
        Assert.IsType<ImageReading.Denied>(await client.LookAsync("acme/shop:v1", Stranger));
        Assert.IsType<ImageReading.Denied>(await client.LookAsync("acme/shop:v1"));
    }

    [Fact]
    public async Task A_registry_that_has_its_tokens_made_elsewhere_takes_the_one_that_we_fetch()
    {
        await using var registry = new DebianRegistry();
        await using var tokens = await TokenServer.StartAsync("robot", "hunter2");
        var certificate = Path.Combine(registry.Folder, "token.pem");
        await File.WriteAllTextAsync(certificate, tokens.CertificatePem, Stop);
        await registry.StartAsync(
            $"auth: {{token: {{realm: \"{tokens.Url}\", service: {TokenServer.Service}, issuer: {TokenServer.Issuer}, "
            + $"rootcertbundle: {certificate}}}}}",
            Stop);
        var digest = await registry.PushAsync("acme/shop", "v1", new("Bearer", tokens.Token("acme/shop", "pull", "push")), Stop);
        using var client = RegistryHarness.Of(registry.Url, tokens.Url);

        Assert.Equal(new ImageReading.Found(digest), await client.LookAsync("acme/shop:v1", Robot));
        Assert.IsType<ImageReading.NotThere>(await client.LookAsync("acme/shop:v2", Robot));

        // A token for nothing, and none at all.
        Assert.IsType<ImageReading.Denied>(await client.LookAsync("acme/shop:v1"));
        Assert.IsType<ImageReading.Denied>(await client.LookAsync("acme/shop:v1", Stranger));
    }
}
