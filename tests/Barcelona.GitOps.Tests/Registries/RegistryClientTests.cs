using System.Security.Cryptography;
using System.Text;
using Barcelona.GitOps.Core.Templates.Tasks;
using Barcelona.GitOps.Registries;
using Microsoft.AspNetCore.Http;

namespace Barcelona.GitOps.Tests.Registries;

/// <summary>Registries that do not keep to the letter, or mean us harm.</summary>
public sealed class RegistryClientTests
{
    private const string Index = """{"schemaVersion": 2, "manifests": []}""";

    private static readonly RegistryLogin Robot = new("robot", "hunter2", "a test");

    [Fact]
    public async Task A_digest_that_nobody_says_is_worked_out_from_the_manifest()
    {
        await using var registry = await StrangeRegistry.StartAsync(context => context.Response.WriteAsync(Index));
        using var client = RegistryHarness.Of(registry.Url);

        var found = Assert.IsType<ImageReading.Found>(await client.LookAsync("acme/shop:1"));

        Assert.Equal($"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Index)))}", found.Digest);
        Assert.Equal(["HEAD /v2/acme/shop/manifests/1", "GET /v2/acme/shop/manifests/1"], registry.Asked);
    }

    [Theory]
    [InlineData("<html>Welcome</html>")]
    [InlineData("{}")]
    [InlineData("""{"schemaVersion": 1}""")]
    public async Task What_is_no_manifest_has_no_digest(string body)
    {
        await using var registry = await StrangeRegistry.StartAsync(context =>
        {
            context.Response.Headers["Docker-Content-Digest"] = "sha256:short";
            return context.Response.WriteAsync(body);
        });
        using var client = RegistryHarness.Of(registry.Url);

        Assert.IsType<ImageReading.Unavailable>(await client.LookAsync("acme/shop:1"));
    }

    [Fact]
    public async Task A_manifest_without_end_is_not_read_to_its_end()
    {
        await using var registry = await StrangeRegistry.StartAsync(async context =>
        {
            for (var block = new byte[64 * 1024]; HttpMethods.IsGet(context.Request.Method) && !context.RequestAborted.IsCancellationRequested;)
            {
                await context.Response.Body.WriteAsync(block);
            }
        });
        using var client = RegistryHarness.Of(registry.Url);

        Assert.IsType<ImageReading.Unavailable>(await client.LookAsync("acme/shop:1"));
    }

    [Fact]
    public async Task What_is_meant_for_one_host_is_not_shown_to_another_that_it_sends_us_to()
    {
        await using var other = await StrangeRegistry.StartAsync(context =>
        {
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"give\"";
            context.Response.StatusCode = 401;
            return Task.CompletedTask;
        });
        await using var registry = await StrangeRegistry.StartAsync(context =>
        {
            var isKnown = context.Request.Headers.Authorization.Count > 0;
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"give\"";
            context.Response.Headers.Location = new Uri(other.Url, "elsewhere").AbsoluteUri;
            context.Response.StatusCode = isKnown ? 307 : 401;
            return Task.CompletedTask;
        });
        using var client = RegistryHarness.Of(registry.Url, other.Url);

        Assert.IsType<ImageReading.Denied>(await client.LookAsync("acme/shop:1", Robot));

        Assert.Contains(registry.Asked, a => a.Contains("Basic", StringComparison.Ordinal));
        Assert.Equal(["HEAD /elsewhere"], other.Asked);
    }

    [Fact]
    public async Task Redirects_have_an_end()
    {
        await using var registry = await StrangeRegistry.StartAsync(context =>
        {
            context.Response.Redirect("/again");
            return Task.CompletedTask;
        });
        using var client = RegistryHarness.Of(registry.Url);

        Assert.IsType<ImageReading.Unavailable>(await client.LookAsync("acme/shop:1"));
        Assert.Equal(4, registry.Asked.Count);
    }

    /// <summary>A registry that is meant to be safe may not send its credentials to a place that is not.</summary>
    [Fact]
    public async Task Credentials_do_not_go_over_plain_http()
    {
        await using var thief = await StrangeRegistry.StartAsync(context => context.Response.WriteAsync("""{"token": "t"}"""));
        using var services = new RegistryWireOnly();

        var error = await Assert.ThrowsAsync<RegistryUnavailableException>(() => services.Tokens.AnswerAsync(
            new Challenge.Bearer(thief.Url, "s", null), Robot, ("acme/shop", IsInsecure: false), TestContext.Current.CancellationToken));

        Assert.Contains("not safe", error.Message, StringComparison.Ordinal);
        Assert.Empty(thief.Asked);
    }

    [Theory]
    [InlineData("Bearer realm=\"ftp://token.example/\"")]
    [InlineData("Bearer realm=\"https://robot:x@token.example/\"")]
    [InlineData("Bearer")]
    [InlineData("Negotiate")]
    public async Task A_challenge_that_cannot_be_answered_is_a_refusal(string challenge)
    {
        await using var registry = await StrangeRegistry.StartAsync(context =>
        {
            context.Response.Headers.WWWAuthenticate = challenge;
            context.Response.StatusCode = 401;
            return Task.CompletedTask;
        });
        using var client = RegistryHarness.Of(registry.Url);

        Assert.IsType<ImageReading.Denied>(await client.LookAsync("acme/shop:1", Robot));
        Assert.Single(registry.Asked);
    }

    /// <summary>Who has no password can answer only one of the two, wherever it stands.</summary>
    [Fact]
    public async Task Without_a_login_a_token_is_fetched_where_a_password_would_do_too()
    {
        await using var registry = await StrangeRegistry.StartAsync(context =>
        {
            if (context.Request.Path.StartsWithSegments("/token"))
            {
                return context.Response.WriteAsync("""{"token": "t"}""");
            }

            var bearer = $"Bearer realm=\"http://{context.Request.Host}/token\"";
            context.Response.Headers.WWWAuthenticate = new(["Basic realm=\"give\"", bearer]);
            context.Response.StatusCode = context.Request.Headers.Authorization.Count == 0 ? 401 : 404;
            return Task.CompletedTask;
        });
        using var client = RegistryHarness.Of(registry.Url);

        Assert.Equal(new ImageReading.NotThere("404 Not Found"), await client.LookAsync("acme/shop:1"));
        Assert.EndsWith(" Bearer t", registry.Asked[^1], StringComparison.Ordinal);

        Assert.Equal(new ImageReading.NotThere("404 Not Found"), await client.LookAsync("acme/shop:1", Robot));
        Assert.Contains(" Basic ", registry.Asked[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("no token at all")]
    [InlineData("{\"token\": \"two\\nlines\"}")]
    [InlineData("{\"token\": \"\\ud800\"}")]
    public async Task A_token_that_is_none_is_asked_for_again_later(string answer)
    {
        await using var registry = await StrangeRegistry.StartAsync(context =>
        {
            if (context.Request.Path.StartsWithSegments("/token"))
            {
                return context.Response.WriteAsync(answer);
            }

            context.Response.Headers.WWWAuthenticate = $"Bearer realm=\"http://{context.Request.Host}/token?a=b\",service=\"s\"";
            context.Response.StatusCode = 401;
            return Task.CompletedTask;
        });
        using var client = RegistryHarness.Of(registry.Url);

        Assert.IsType<ImageReading.Unavailable>(await client.LookAsync("acme/shop:1", Robot));
        Assert.Contains(
            registry.Asked,
            a => a.StartsWith("GET /token?a=b&service=s&scope=repository%3Aacme%2Fshop%3Apull Basic ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nobody_there_is_said_without_more()
    {
        using var client = RegistryHarness.Of(new Uri("http://127.0.0.1:1/"));

        var away = Assert.IsType<ImageReading.Unavailable>(await client.LookAsync("acme/shop:1"));

        Assert.Equal(new ImageReading.Unavailable("registry.example 127.0.0.1:1 cannot be reached", null), away);
    }

    [Theory]
    [InlineData("30", 30)]
    [InlineData("100000", 300)]
    [InlineData("soon", null)]
    public async Task The_patience_that_a_registry_asks_for_is_bounded(string said, int? seconds)
    {
        await using var registry = await StrangeRegistry.StartAsync(context =>
        {
            context.Response.Headers.RetryAfter = said;
            context.Response.StatusCode = 429;
            return Task.CompletedTask;
        });
        using var client = RegistryHarness.Of(registry.Url);

        var away = Assert.IsType<ImageReading.Unavailable>(await client.LookAsync("acme/shop:1"));

        Assert.Equal(seconds, (int?)away.RetryAfter?.TotalSeconds);
    }

    [Fact]
    public void No_text_made_of_credentials_has_the_password() => Assert.DoesNotContain("hunter2", $"{Robot}", StringComparison.Ordinal);
}
