using System.Net;
using System.Net.Sockets;
using Barcelona.GitOps.Core.Reports.Notifications;
using Barcelona.GitOps.Slack;
using Barcelona.GitOps.Tests.Registries;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Barcelona.GitOps.Tests.Slack;

/// <summary>The address of a webhook is somebody's word: it leads into no network of ours, and is in nothing that is said about it.</summary>
public sealed class SlackSenderTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_address_in_a_private_network_is_not_connected_to()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();

        var answer = await SendAsync($"https://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}/services/T/B/s3cret", internalUrl: null);

        Assert.Equal(
            "the address of the webhook is not in the public internet, and Slack__InternalUrl does not name it",
            Assert.IsType<SlackAnswer.NotHeard>(answer).Why);
        Assert.False(listener.Pending());
    }

    [Fact]
    public async Task Plain_http_is_spoken_only_with_the_server_that_a_setting_names()
    {
        await using var server = await StrangeRegistry.StartAsync(context => context.Response.WriteAsync("ok"));

        Assert.IsType<SlackAnswer.Heard>(await SendAsync($"{server.Url}services/T/B/x", server.Url.AbsoluteUri));
        Assert.Equal("the address of the webhook is not https", Why(await SendAsync($"{server.Url}services/T/B/x", "http://127.0.0.1:1")));
        Assert.Equal("the address of the webhook is not https", Why(await SendAsync($"{server.Url}services/T/B/x", internalUrl: null)));
        Assert.Single(server.Asked);
    }

    [Fact]
    public async Task A_redirect_is_no_answer_and_is_not_followed()
    {
        await using var other = await StrangeRegistry.StartAsync(context => context.Response.WriteAsync("ok"));
        await using var server = await StrangeRegistry.StartAsync(context =>
        {
            context.Response.Redirect(other.Url.AbsoluteUri, permanent: false, preserveMethod: true);
            return Task.CompletedTask;
        });

        Assert.Equal("the webhook answers 307", Why(await SendAsync($"{server.Url}x", server.Url.AbsoluteUri)));
        Assert.Empty(other.Asked);
    }

    [Theory]
    [InlineData(404, "no_service", "the webhook answers 404 no_service")]
    [InlineData(410, "channel_is_archived", "the webhook answers 410 channel_is_archived")]
    [InlineData(500, "<html>s3cret", "the webhook answers 500")]
    public async Task What_Slack_says_is_repeated_if_it_is_a_word_of_Slacks(int status, string body, string why) =>
        Assert.Equal(why, Why(await AnswerAsync(status, body)));

    [Fact]
    public async Task A_message_that_is_wrong_is_told_from_a_channel_that_is() =>
        Assert.Equal("the webhook answers 400 invalid_payload", Assert.IsType<SlackAnswer.Unfit>(await AnswerAsync(400, "invalid_payload")).Why);

    [Theory]
    [InlineData("30", 30)]
    [InlineData("999999", 3_600)]
    [InlineData("-1", null)]
    [InlineData("soon", null)]
    public async Task Slack_says_how_long_to_wait(string header, int? seconds)
    {
        var answer = await AnswerAsync(429, "rate_limited", header);

        Assert.Equal(seconds, Assert.IsType<SlackAnswer.NotHeard>(answer).After?.TotalSeconds);
    }

    [Theory]
    [InlineData("http://chat.internal:8065", true)]
    [InlineData("https://chat.internal/", true)]
    [InlineData("chat.internal", false)]
    [InlineData("https://chat.internal/hooks", false)]
    public void The_setting_is_the_address_of_a_server(string url, bool isRight) =>
        Assert.Equal(isRight, new SlackOptionsValidator().Validate(null, new SlackOptions { InternalUrl = url }) == ValidateOptionsResult.Success);

    private static async Task<SlackAnswer> AnswerAsync(int status, string body, string? retryAfter = null)
    {
        await using var server = await StrangeRegistry.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            if (retryAfter is not null)
            {
                context.Response.Headers.RetryAfter = retryAfter;
            }

            return context.Response.WriteAsync(body);
        });
        return await SendAsync($"{server.Url}services/T/B/x", server.Url.AbsoluteUri);
    }

    private static string Why(SlackAnswer answer) => Assert.IsType<SlackAnswer.NotHeard>(answer).Why;

    private static async Task<SlackAnswer> SendAsync(string address, string? internalUrl)
    {
        await using var services = new ServiceCollection()
            .AddSingleton(TimeProvider.System)
            .AddSlack(new ConfigurationBuilder().AddInMemoryCollection([new("Slack:InternalUrl", internalUrl)]).Build())
            .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
        return await services.GetRequiredService<SlackSender>().SendAsync(Assert.IsType<WebhookAddress>(WebhookAddress.Parse(address)), "{}", Stop);
    }
}
