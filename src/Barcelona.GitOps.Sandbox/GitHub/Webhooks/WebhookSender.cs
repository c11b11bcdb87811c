using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Barcelona.GitOps.Sandbox.GitHub.Webhooks;

/// <summary>Signs and posts events, and keeps a record of every attempt. There is one attempt: GitHub never repeats one by itself.</summary>
internal sealed class WebhookSender(SandboxGitHub github) : IDisposable
{
    public const long HookId = 292430182;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly JsonSerializerOptions Compact = new() { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    private readonly HttpClient _http = new(
        github.Options.WebhookCarrier ?? new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false },
        disposeHandler: github.Options.WebhookCarrier is null)
    { Timeout = Patience };
    private readonly Lock _gate = new();
    private readonly HashSet<Task> _underWay = [];

    public Ledger<WebhookDelivery> Deliveries { get; } = new(d => d.Id);

    /// <summary>Ends when the receiver answered or the attempt failed; never throws for a receiver's fault.</summary>
    public Task SendAsync(WebhookEvent message) => Wanted(message)
        ? Track(AttemptAsync(new WebhookDelivery
        {
            Id = github.Ids.Next(),
            EventGuid = Guid.NewGuid(),
            Event = message.Name,
            Action = message.Action,
            InstallationId = message.InstallationId,
            RepositoryId = message.RepositoryId,
            DeliveredAt = github.Now,
            Payload = message.Payload.ToJsonString(Compact),
        }))
        : Task.CompletedTask;

    public Task RedeliverAsync(WebhookDelivery delivery) =>
        Track(AttemptAsync(delivery with { Id = github.Ids.Next(), DeliveredAt = github.Now, Redelivery = true }));

    public async Task WhenQuietAsync()
    {
        while (UnderWay() is { Length: > 0 } tasks)
            await Task.WhenAll(tasks);
    }

    public void Dispose() => _http.Dispose();

    private bool Wanted(WebhookEvent message) => message.Name switch
    {
        "ping" or "installation" or "installation_repositories" => true,
        _ => message.InstallationId is not null && github.Options.Events.Contains(message.Name),
    };

    private async Task AttemptAsync(WebhookDelivery delivery)
    {
        // The sender's own thread goes on at once, as a push does not wait for its webhooks to be built.
        await Task.Yield();
        var body = Encoding.UTF8.GetBytes(delivery.Payload);
        var headers = Headers(delivery, body);
        delivery = delivery with { RequestHeaders = headers, Url = github.WebhookUrl };
        if (!github.Deliver || github.WebhookUrl is null)
        {
            Deliveries.Add(delivery with { Status = "failed to connect to host", StatusCode = StatusCodes.Status502BadGateway });
            return;
        }
        var started = Stopwatch.GetTimestamp();
        var outcome = await PostAsync(delivery, body);
        Deliveries.Add(outcome with { Duration = Stopwatch.GetElapsedTime(started) });
    }

    private async Task<WebhookDelivery> PostAsync(WebhookDelivery delivery, byte[] body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, delivery.Url) { Content = new ByteArrayContent(body) };
        foreach (var (name, value) in delivery.RequestHeaders)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
                request.Content.Headers.TryAddWithoutValidation(name, value);
        }
        try
        {
            using var response = await _http.SendAsync(request);
            var answer = await response.Content.ReadAsStringAsync();
            return delivery with
            {
                Status = response.IsSuccessStatusCode ? "OK" : $"Invalid HTTP Response: {(int)response.StatusCode}",
                StatusCode = (int)response.StatusCode,
                ResponseHeaders = response.Headers.ToDictionary(h => h.Key, h => string.Join(", ", h.Value)),
                ResponseBody = answer,
            };
        }
        catch (HttpRequestException)
        {
            return delivery with { Status = "failed to connect to host", StatusCode = StatusCodes.Status502BadGateway };
        }
        catch (TaskCanceledException)
        {
            return delivery with { Status = "timed out", StatusCode = StatusCodes.Status504GatewayTimeout };
        }
    }

    private Dictionary<string, string> Headers(WebhookDelivery delivery, byte[] body)
    {
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(github.Options.WebhookSecret), body);
        return new Dictionary<string, string>
        {
            ["Accept"] = "*/*",
            ["Content-Type"] = "application/json",
            ["User-Agent"] = "GitHub-Hookshot/5a2b1c7",
            ["X-GitHub-Delivery"] = delivery.EventGuid.ToString("D"),
            ["X-GitHub-Event"] = delivery.Event,
            ["X-GitHub-Hook-ID"] = HookId.ToString(CultureInfo.InvariantCulture),
            ["X-GitHub-Hook-Installation-Target-ID"] = github.Options.AppId.ToString(CultureInfo.InvariantCulture),
            ["X-GitHub-Hook-Installation-Target-Type"] = "integration",
            ["X-Hub-Signature-256"] = $"sha256={Convert.ToHexStringLower(signature)}",
        };
    }

    private Task Track(Task attempt)
    {
        lock (_gate)
            _underWay.Add(attempt);
        return ForgetAsync(attempt);
    }

    private async Task ForgetAsync(Task attempt)
    {
        try
        {
            await attempt;
        }
        finally
        {
            lock (_gate)
                _underWay.Remove(attempt);
        }
    }

    private Task[] UnderWay()
    {
        lock (_gate)
            return [.. _underWay];
    }
}
