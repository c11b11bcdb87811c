using System.Net;
using System.Net.Sockets;
using Barcelona.GitOps.Core.Templates.Tasks;
using Barcelona.GitOps.Internet;
using Barcelona.GitOps.Registries;
using Microsoft.AspNetCore.Http;

namespace Barcelona.GitOps.Tests.Registries;

/// <summary>Image names, realms and redirects are other people's words: none leads into the network in which the service runs.</summary>
public sealed class PrivateNetworkTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    public async Task A_registry_in_a_network_of_its_own_is_not_connected_to_unless_it_is_named(string host)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var registry = $"{host}:{((IPEndPoint)listener.LocalEndpoint).Port}";
        using var client = new RegistryHarness(("Host", "quay.io"));

        var away = Assert.IsType<ImageReading.Unavailable>(await client.LookAnywhereAsync($"{registry}/acme/shop:1"));

        Assert.Equal($"{registry} {registry} is not in the public internet, and no Registries__<n>__Host names it", away.Answer);
        Assert.False(listener.Pending());

        // Named it is connected to; this one speaks no TLS.
        using var knowing = new RegistryHarness(("Host", registry));
        var look = knowing.LookAnywhereAsync($"{registry}/acme/shop:1");
        (await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken)).Dispose();
        Assert.Equal($"{registry} {registry} cannot be reached", Assert.IsType<ImageReading.Unavailable>(await look).Answer);
    }

    /// <summary>Nobody answers there, whatever the resolver says of such a name.</summary>
    [Fact]
    public async Task A_name_that_is_longer_than_names_are_is_not_reached()
    {
        using var client = new RegistryHarness(("Host", "quay.io"));

        Assert.IsType<ImageReading.Unavailable>(
            await client.LookAnywhereAsync($"{string.Join('.', Enumerable.Repeat(new string('a', 63), 5))}/acme/shop:1"));
    }

    /// <summary>Plain http is spoken with the registry that is meant, not with whom it names.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_insecure_registry_leads_nowhere_else(bool byRealm)
    {
        await using var other = await StrangeRegistry.StartAsync(context => context.Response.WriteAsync("""{"token": "t"}"""));
        await using var registry = await StrangeRegistry.StartAsync(context =>
        {
            context.Response.Headers.WWWAuthenticate = $"Bearer realm=\"{other.Url}\"";
            context.Response.Headers.Location = other.Url.AbsoluteUri;
            context.Response.StatusCode = byRealm ? 401 : 307;
            return Task.CompletedTask;
        });
        using var client = RegistryHarness.Of(registry.Url);

        var away = Assert.IsType<ImageReading.Unavailable>(await client.LookAsync("acme/shop:1", new RegistryLogin("robot", "hunter2", "a test")));

        Assert.Contains("not safe", away.Answer, StringComparison.Ordinal);
        Assert.Empty(other.Asked);
    }

    [Theory]
    [InlineData("1.1.1.1", true)]
    [InlineData("172.32.0.1", true)]
    [InlineData("100.128.0.1", true)]
    [InlineData("::ffff:1.1.1.1", true)]
    [InlineData("64:ff9b::101:101", true)]
    [InlineData("2606:4700:4700::1111", true)]
    [InlineData("0.0.0.0", false)]
    [InlineData("10.0.0.5", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("127.8.9.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("239.1.1.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::", false)]
    [InlineData("::1", false)]
    [InlineData("::ffff:10.0.0.5", false)]
    [InlineData("::10.0.0.5", false)]
    [InlineData("64:ff9b::a9fe:a9fe", false)]
    [InlineData("2002:a00:5::1", false)]
    [InlineData("fd00:ec2::254", false)]
    [InlineData("fe80::1", false)]
    [InlineData("ff02::1", false)]
    public void The_public_internet_is_what_anybody_may_reach(string address, bool isPublic) =>
        Assert.Equal(isPublic, PublicInternet.Has(IPAddress.Parse(address)));
}
