using System.Text.Json;
using Barcelona.GitOps.Storage.Deliveries;
using Barcelona.GitOps.Storage.Work;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Octokit.Webhooks;

namespace Barcelona.GitOps.Web;

/// <summary>
/// <c>POST /github/webhooks</c>: takes what GitHub signed, and answers when it is on the disk. Nothing is understood here: what a delivery
/// means is found out later, by a worker that may fail and try again without GitHub noticing.
/// </summary>
/// <remarks>
/// 202 accepted (or an event that we do not keep), 200 a delivery that we have, 400 headers or JSON malformed, 401 signature, 413 over 25 MiB.
/// 503 only when the database does not take it: GitHub shows the delivery as failed, and the sweep asks for it again.
/// </remarks>
public sealed partial class WebhookEndpoint(
    DeliveryLog deliveries, WorkSignal work, IOptionsMonitor<WebhookOptions> options, TimeProvider time, ILogger<WebhookEndpoint> logger)
{
    public const string Path = "/github/webhooks";

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost(Path, static context => context.RequestServices.GetRequiredService<WebhookEndpoint>().HandleAsync(context));

    private async Task HandleAsync(HttpContext context)
    {
        try
        {
            context.Response.StatusCode = await AnswerAsync(context);
        }
        catch (BadHttpRequestException e)
        {
            // The server itself found the request wanting: too large, too slow, not HTTP.
            context.Response.StatusCode = e.StatusCode;
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to be answered.
        }
        catch (OperationCanceledException)
        {
            context.Response.StatusCode = Refuse("body too slow", StatusCodes.Status408RequestTimeout);
        }
        catch (Exception e)
        {
            LogNotStored(e);
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }
    }

    private async Task<int> AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        if (!WebhookHeaders.TryRead(request.Headers, out var headers))
            return Refuse("headers", StatusCodes.Status400BadRequest);

        if (request.ContentLength > WebhookBody.MaxLength)
            return Refuse("length", StatusCodes.Status413PayloadTooLarge);

        // The body is counted here; the server's own limit must not come before ours.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = null;

        using var body = new WebhookBody(time);
        if (!await body.TryReadAsync(request.BodyReader, context.RequestAborted))
            return Refuse("length", StatusCodes.Status413PayloadTooLarge);

        if (!IsSigned(headers.Signature, body.Bytes.Span))
            return Refuse("signature", StatusCodes.Status401Unauthorized);

        if (!IsJsonObject(body.Bytes.Span))
            return Refuse("json", StatusCodes.Status400BadRequest);

        if (!WebhookEvents.AreKept(headers.Event))
        {
            LogNotKept(headers.DeliveryId, headers.Event);
            return StatusCodes.Status202Accepted;
        }

        return await StoreAsync(new(headers.DeliveryId, headers.Event, body.Bytes, time.GetUtcNow()), context.RequestAborted);
    }

    private async Task<int> StoreAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        if (await deliveries.AppendAsync(delivery, cancellationToken) == AppendResult.Duplicate)
        {
            LogDuplicate(delivery.Id, delivery.Event);
            return StatusCodes.Status200OK;
        }

        work.Set();
        return StatusCodes.Status202Accepted;
    }

    private bool IsSigned(string? signature, ReadOnlySpan<byte> body)
    {
        var secrets = options.CurrentValue;
        return signature is not null && (Verifies(secrets.WebhookSecret, body) || Verifies(secrets.PreviousWebhookSecret, body));

        // An empty secret is no secret: its signatures can be made by anybody.
        bool Verifies(string? secret, ReadOnlySpan<byte> signed) =>
            !string.IsNullOrEmpty(secret) && WebhookSignatureValidator.Verify(signature, secret, signed) == WebhookSignatureValidationResult.Valid;
    }

    private static bool IsJsonObject(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return false;

            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private int Refuse(string what, int status)
    {
        LogRefused(status, what);
        return status;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A webhook was refused with {Status}: {What}")]
    private partial void LogRefused(int status, string what);

    [LoggerMessage(Level = LogLevel.Information, Message = "Delivery {DeliveryId} is not kept: {Event} is no event of ours")]
    private partial void LogNotKept(string deliveryId, string @event);

    [LoggerMessage(Level = LogLevel.Information, Message = "Delivery {DeliveryId} ({Event}) is here already")]
    private partial void LogDuplicate(string deliveryId, string @event);

    [LoggerMessage(Level = LogLevel.Error, Message = "A delivery could not be stored")]
    private partial void LogNotStored(Exception exception);
}
