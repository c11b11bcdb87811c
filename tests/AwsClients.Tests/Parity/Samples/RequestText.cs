using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace AwsClients.Tests.Parity.Samples;

/// <summary>Writes a sent request as text without what differs from call to call: time, signature, ids.</summary>
internal static partial class RequestText
{
    private static readonly string[] Volatile =
    [
        "Authorization", "X-Amz-Date", "amz-sdk-invocation-id", "User-Agent", "X-Amz-Content-SHA256", "Content-Length",
        KnownDifferences.QueryModeHeader,
    ];

    public static string Of(SentRequest request)
    {
        var headers = request.Headers
            .Where(header => !Volatile.Contains(header.Key, StringComparer.OrdinalIgnoreCase))
            .OrderBy(header => header.Key, StringComparer.Ordinal)
            .Select(header => $"{header.Key}: {header.Value}");
        return string.Join("\n", [$"{request.Method} {request.Url}", .. headers, Uuid().Replace(Body(request.Body), "UUID")]);
    }

    // Members of JSON objects have no order.
    private static string Body(string body) => body.StartsWith('{') ? Sorted(JsonNode.Parse(body))?.ToJsonString() ?? "" : body;

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members
            .OrderBy(member => member.Key, StringComparer.Ordinal)
            .Select(member => KeyValuePair.Create(member.Key, Sorted(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Sorted)]),
        JsonValue value when value.GetValueKind() == JsonValueKind.Number => JsonValue.Create(value.GetValue<decimal>()),
        _ => node?.DeepClone(),
    };

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    private static partial Regex Uuid();
}
