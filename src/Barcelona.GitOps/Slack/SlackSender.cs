using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Barcelona.GitOps.Core.Reports.Notifications;
using Microsoft.Extensions.Options;

namespace Barcelona.GitOps.Slack;

/// <summary>
/// One message to an incoming webhook. Bounded in time, follows no redirect, and whatever happens nothing of the address is in what it says.
/// https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
/// </summary>
public sealed partial class SlackSender(IHttpClientFactory clients, IOptions<SlackOptions> options, TimeProvider clock)
{
    private const int LongestAnswer = 64;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5), LongestWait = TimeSpan.FromHours(1);

    public async Task<SlackAnswer> SendAsync(WebhookAddress address, string json, CancellationToken cancellationToken)
    {
        var url = address.Reveal();
        if (url.Scheme != Uri.UriSchemeHttps && !options.Value.IsInternal(url))
        {
            return new SlackAnswer.NotHeard("the address of the webhook is not https");
        }

        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
            using var response = await clients.CreateClient(SlackSetup.HttpClientName)
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return response.IsSuccessStatusCode ? new SlackAnswer.Heard() : await RefusedAsync(response, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new SlackAnswer.NotHeard("the webhook does not answer in time");
        }
        catch (HttpRequestException e)
        {
            return new SlackAnswer.NotHeard(e.InnerException is PrivateAddressException
                ? "the address of the webhook is not in the public internet, and "
                    + $"{SlackOptions.Section}__{nameof(SlackOptions.InternalUrl)} does not name it"
                : "the webhook cannot be reached");
        }
        catch (IOException)
        {
            return new SlackAnswer.NotHeard("the webhook breaks off in the middle of its answer");
        }
    }

    private async Task<SlackAnswer> RefusedAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var word = await WordAsync(response, cancellationToken);
        var why = string.Create(CultureInfo.InvariantCulture, $"the webhook answers {(int)response.StatusCode} {word}").TrimEnd();
        return response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge
            ? new SlackAnswer.Unfit(why)
            : new SlackAnswer.NotHeard(why, RetryAfter(response));
    }

    /// <summary><c>no_service</c>, <c>channel_is_archived</c>. Anything else is not Slack's, and not repeated.</summary>
    private static async Task<string> WordAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[LongestAnswer];
        var read = await body.ReadAtLeastAsync(buffer, LongestAnswer, throwOnEndOfStream: false, cancellationToken);
        var word = Encoding.UTF8.GetString(buffer, 0, read).Trim();
        return SlackWord().IsMatch(word) ? word : "";
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        var asked = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - clock.GetUtcNow(),
            _ => (TimeSpan?)null,
        };
        return asked is { } wait && wait > TimeSpan.Zero ? TimeSpan.FromTicks(Math.Min(wait.Ticks, LongestWait.Ticks)) : null;
    }

    [GeneratedRegex("^[a-z_]{1,40}$", RegexOptions.CultureInvariant)]
    private static partial Regex SlackWord();
}
