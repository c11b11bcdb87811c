using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Octokit.Webhooks;

namespace Barcelona.GitOps.Sandbox.Tests.GitHub;

public sealed record ReceivedWebhook(string Event, string Delivery, byte[] Body, IReadOnlyDictionary<string, string> Headers)
{
    public T As<T>() where T : WebhookEvent => JsonSerializer.Deserialize<T>(Body) ?? throw new JsonException("null");

    public bool SignatureHolds(string secret) =>
        WebhookSignatureValidator.Verify(Headers["X-Hub-Signature-256"], secret, Body) == WebhookSignatureValidationResult.Valid;

    public string? Action => JsonDocument.Parse(Body).RootElement.TryGetProperty("action", out var action) ? action.GetString() : null;
}

/// <summary>Takes webhooks in as the service would, and keeps them.</summary>
public sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly ConcurrentQueue<ReceivedWebhook> _received = new();
    private readonly WebApplication _server;

    private WebhookReceiver(WebApplication server) => _server = server;

    public Uri Url => new(_server.Urls.First() + "/github/webhooks");

    public int AnswerWith { get; set; } = 202;

    public IReadOnlyList<ReceivedWebhook> All => [.. _received];

    public IReadOnlyList<ReceivedWebhook> Of(string name) => [.. _received.Where(r => r.Event == name)];

    public static async Task<WebhookReceiver> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        var server = builder.Build();
        var receiver = new WebhookReceiver(server);
        server.Run(receiver.ReceiveAsync);
        await server.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task ReceiveAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var headers = context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        _received.Enqueue(new ReceivedWebhook(headers["X-GitHub-Event"], headers["X-GitHub-Delivery"], body.ToArray(), headers));
        context.Response.StatusCode = AnswerWith;
    }
}
