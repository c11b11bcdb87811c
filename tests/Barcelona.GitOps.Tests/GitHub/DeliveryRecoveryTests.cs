using System.Net;
using Barcelona.GitOps.GitHub;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Barcelona.GitOps.Tests.GitHub;

public sealed class DeliveryRecoveryTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Deliveries_that_failed_are_asked_for_again_and_those_that_arrived_are_not()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        await using var receiver = await ReceiverAsync();
        fixture.GitHub.WebhookUrl = new Uri(receiver.Urls.First());
        await fixture.CommitAsync();
        await fixture.GitHub.WhenQuietAsync();
        var arrived = fixture.GitHub.Deliveries.Count;
        fixture.GitHub.Deliver = false;
        await fixture.CommitAsync(content: "lost");
        await fixture.GitHub.WhenQuietAsync();
        var lost = fixture.GitHub.Deliveries.Skip(arrived).Select(d => d.EventGuid.ToString()).ToHashSet(StringComparer.Ordinal);
        Assert.NotEmpty(lost);
        var recovery = fixture.Get<DeliveryRecovery>();
        var since = fixture.Clock.GetUtcNow().AddHours(-1);

        fixture.GitHub.Deliver = true;
        var asked = await recovery.RecoverAsync(since, Cancellation);
        await fixture.GitHub.WhenQuietAsync();

        Assert.Equal(lost, asked.ToHashSet(StringComparer.Ordinal));
        Assert.All(lost, guid => Assert.Contains(fixture.GitHub.Deliveries, d => d.EventGuid.ToString() == guid && d.Redelivery && d.Succeeded));
        fixture.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Empty(await recovery.RecoverAsync(since, Cancellation));
    }

    [Fact]
    public async Task One_that_keeps_failing_is_asked_for_ever_more_rarely()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        fixture.GitHub.WebhookUrl = new Uri("http://127.0.0.1:1/");
        fixture.GitHub.Deliver = false;
        await fixture.GitHub.PingAsync();
        var recovery = fixture.Get<DeliveryRecovery>();
        var since = fixture.Clock.GetUtcNow().AddMinutes(-1);

        var asked = new List<int>();
        for (var minute = 0; minute <= 60; minute += 5)
        {
            if (!(await recovery.RecoverAsync(since, Cancellation)).IsEmpty)
            {
                asked.Add(minute);
            }

            await fixture.GitHub.WhenQuietAsync();
            fixture.Clock.Advance(TimeSpan.FromMinutes(5));
        }

        Assert.Equal([0, 5, 15, 35], asked);
    }

    [Fact]
    public async Task Only_what_is_newer_than_asked_for_and_younger_than_three_days_is_looked_at()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        fixture.GitHub.WebhookUrl = new Uri("http://127.0.0.1:1/");
        fixture.GitHub.Deliver = false;
        await fixture.GitHub.PingAsync();
        fixture.Clock.Advance(TimeSpan.FromMinutes(10));
        var recovery = fixture.Get<DeliveryRecovery>();

        Assert.Empty(await recovery.RecoverAsync(fixture.Clock.GetUtcNow().AddMinutes(-5), Cancellation));
        fixture.Clock.Advance(TimeSpan.FromDays(3));
        Assert.Empty(await recovery.RecoverAsync(DateTimeOffset.UnixEpoch, Cancellation));
    }

    [Fact]
    public async Task Failed_deliveries_are_looked_for_on_every_page()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        fixture.GitHub.WebhookUrl = new Uri("http://127.0.0.1:1/");
        fixture.GitHub.Deliver = false;
        for (var n = 0; n < 205; n++)
        {
            await fixture.GitHub.PingAsync();
        }

        Assert.Equal(205, (await fixture.Get<DeliveryRecovery>().RecoverAsync(fixture.Clock.GetUtcNow().AddMinutes(-1), Cancellation)).Length);
        Assert.Equal(3, fixture.Requests().Count(r => r.StartsWith("GET /app/hook/deliveries", StringComparison.Ordinal)));
    }

    private static async Task<WebApplication> ReceiverAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        var server = builder.Build();
        server.Run(context =>
        {
            context.Response.StatusCode = StatusCodes.Status202Accepted;
            return Task.CompletedTask;
        });
        await server.StartAsync(Cancellation);
        return server;
    }
}
