using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Barcelona.GitOps.Sandbox.Slack;

/// <summary>
/// Slack as far as an incoming webhook sees it. https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
/// </summary>
public sealed class SandboxSlack
{
    private readonly ConcurrentQueue<SlackMessage> _heard = new();
    private readonly ConcurrentQueue<string> _asked = new();
    private int _waiting;

    /// <summary>Where this sandbox is reached, with a slash at its end. Set by the host once the port is known.</summary>
    public Uri Url { get; set; } = new("http://127.0.0.1/");

    /// <summary>Messages of which Slack has said that it has them.</summary>
    public IReadOnlyList<SlackMessage> Heard => [.. _heard];

    /// <summary>The path of each request, whatever became of it.</summary>
    public IReadOnlyList<string> Asked => [.. _asked];

    /// <summary>How it answers until somebody says otherwise; null: as it should.</summary>
    public SlackRule? Rule { get; set; }

    /// <summary>Somebody waits for an answer that never comes.</summary>
    public bool KeepsWaiting => Volatile.Read(ref _waiting) > 0;

    /// <summary>The address of a webhook, which is a secret.</summary>
    public Uri Webhook(string token) => new(Url, $"services/T0001/B0001/{token}");

    public async Task HandleAsync(HttpContext context)
    {
        _asked.Enqueue(context.Request.Path.Value ?? "");
        var rule = Rule;
        if (rule is SlackRule.Silent)
        {
            Interlocked.Increment(ref _waiting);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Interlocked.Decrement(ref _waiting);
            return;
        }

        var (status, word) = rule is SlackRule.Refuses(var refused, var why) ? (refused, why) : await ReadAsync(context);
        if (rule is SlackRule.Refuses { RetryAfter: { } after })
            context.Response.Headers.RetryAfter = after.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
        if (rule is SlackRule.Refuses { Location: { } location }) context.Response.Headers.Location = location.AbsoluteUri;
        context.Response.StatusCode = status;
        await context.Response.WriteAsync(word, context.RequestAborted);
    }

    private async Task<(int Status, string Word)> ReadAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments("/services") || !HttpMethods.IsPost(context.Request.Method)) return (404, "no_service");
        try
        {
            var body = await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
            if (body?["attachments"]?[0] is not { } attachment || (string?)attachment["text"] is not { Length: > 0 } text) return (400, "no_text");
            _heard.Enqueue(new SlackMessage(text, (string?)attachment["color"] ?? "", (string?)attachment["fallback"] ?? ""));
            return (200, "ok");
        }
        catch (JsonException)
        {
            return (400, "invalid_payload");
        }
    }
}

/// <summary>A message as people see it.</summary>
/// <param name="Color">good, warning or danger: the edge.</param>
/// <param name="Fallback">What a notification on a telephone shows.</param>
public sealed record SlackMessage(string Text, string Color, string Fallback);

/// <summary>How Slack fails.</summary>
public abstract record SlackRule
{
    private SlackRule() { }

    /// <summary>No answer until the caller gives up.</summary>
    public sealed record Silent : SlackRule;

    public sealed record Refuses(int Status, string Word) : SlackRule
    {
        public TimeSpan? RetryAfter { get; init; }

        public Uri? Location { get; init; }
    }
}
