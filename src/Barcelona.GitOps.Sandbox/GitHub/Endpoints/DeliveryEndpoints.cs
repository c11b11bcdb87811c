using System.Globalization;
using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.GitHub.Json;
using Barcelona.GitOps.Sandbox.GitHub.Rest;
using Barcelona.GitOps.Sandbox.GitHub.Webhooks;

namespace Barcelona.GitOps.Sandbox.GitHub.Endpoints;

/// <summary>What was delivered to the App's webhook, newest first, and asking for it again.</summary>
internal static class DeliveryEndpoints
{
    /// <summary>GitHub forgets deliveries after three days.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(3);

    public static void Map(RestRoutes routes) => routes
        .Get("/app/hook/deliveries", new RestAccess.App(), List)
        .Get("/app/hook/deliveries/{delivery_id}", new RestAccess.App(), call =>
            Find(call) is { } delivery ? RestAnswer.Ok(Full(delivery)) : RestAnswer.NotFound)
        .Post("/app/hook/deliveries/{delivery_id}/attempts", new RestAccess.App(), call =>
        {
            if (Find(call) is not { } delivery)
                return RestAnswer.NotFound;
            _ = call.GitHub.Webhooks.RedeliverAsync(delivery);
            return RestAnswer.Accepted;
        });

    /// <summary>Pages by cursor, which is opaque: here the id of the last delivery seen.</summary>
    private static RestAnswer List(RestCall call)
    {
        var deliveries = Recent(call).OrderByDescending(d => d.Id).Where(d => call.Query("status") switch
        {
            "success" => d.Succeeded,
            "failure" => !d.Succeeded,
            _ => true,
        });
        if (call.Query("cursor") is { } cursor)
        {
            if (!cursor.StartsWith("v1_", StringComparison.Ordinal) || !long.TryParse(cursor.AsSpan(3), CultureInfo.InvariantCulture, out var last))
                return RestAnswer.Refused(400, "Invalid cursor");
            deliveries = deliveries.Where(d => d.Id < last);
        }
        var size = RestPaging.Size(call);
        var page = deliveries.Take(size + 1).ToList();
        var shown = page.Take(size).ToList();
        var next = page.Count > size ? $"<{call.WithQuery([KeyValuePair.Create("cursor", $"v1_{shown[^1].Id}")])}>; rel=\"next\"" : null;
        return RestAnswer.Ok(new JsonArray([.. shown.Select(Item)])) with { Link = next };
    }

    private static WebhookDelivery? Find(RestCall call) => Recent(call).FirstOrDefault(d => d.Id == call.RouteId("delivery_id"));

    private static IEnumerable<WebhookDelivery> Recent(RestCall call) => call.GitHub.Deliveries.Where(d => call.GitHub.Now - d.DeliveredAt < Kept);

    private static JsonObject Item(WebhookDelivery delivery) => new()
    {
        ["id"] = delivery.Id,
        ["guid"] = delivery.EventGuid.ToString("D"),
        ["delivered_at"] = Urls.Time(delivery.DeliveredAt),
        ["redelivery"] = delivery.Redelivery,
        ["duration"] = Math.Round(delivery.Duration.TotalSeconds, 2),
        ["status"] = delivery.Status,
        ["status_code"] = delivery.StatusCode,
        ["event"] = delivery.Event,
        ["action"] = delivery.Action,
        ["installation_id"] = delivery.InstallationId,
        ["repository_id"] = delivery.RepositoryId,
        ["throttled_at"] = null,
    };

    private static JsonObject Full(WebhookDelivery delivery)
    {
        var json = Item(delivery);
        json["url"] = delivery.Url?.AbsoluteUri ?? "";
        json["request"] = new JsonObject { ["headers"] = Headers(delivery.RequestHeaders), ["payload"] = JsonNode.Parse(delivery.Payload) };
        json["response"] = new JsonObject { ["headers"] = Headers(delivery.ResponseHeaders), ["payload"] = delivery.ResponseBody };
        return json;
    }

    private static JsonObject Headers(IReadOnlyDictionary<string, string> headers) =>
        new(headers.Select(h => KeyValuePair.Create(h.Key, (JsonNode?)JsonValue.Create(h.Value))));
}
