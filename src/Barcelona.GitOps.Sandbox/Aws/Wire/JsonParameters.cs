using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Barcelona.GitOps.Sandbox.Aws.Wire;

/// <summary>Reads parameters whatever their protocol: in the query protocol every scalar arrives as text.</summary>
internal static class JsonParameters
{
    public static string? Text(this JsonObject parameters, string name) => Text(parameters[name]);

    public static string? Text(JsonNode? node) => node switch
    {
        null => null,
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        JsonValue value when value.GetValueKind() == JsonValueKind.True => "true",
        JsonValue value when value.GetValueKind() == JsonValueKind.False => "false",
        _ => node.ToJsonString(),
    };

    public static int? Number(this JsonObject parameters, string name) =>
        double.TryParse(parameters.Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? (int)number : null;

    public static long? Long(this JsonObject parameters, string name) =>
        decimal.TryParse(parameters.Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? (long)number : null;

    public static bool Flag(this JsonObject parameters, string name) =>
        string.Equals(parameters.Text(name), "true", StringComparison.OrdinalIgnoreCase);

    public static IEnumerable<string> Texts(this JsonObject parameters, string name) =>
        parameters[name] is JsonArray list ? list.Select(Text).OfType<string>() : [];

    public static IEnumerable<JsonObject> Objects(this JsonObject parameters, string name) =>
        parameters[name] is JsonArray list ? list.OfType<JsonObject>() : [];

    public static JsonObject? Object(this JsonObject parameters, string name) => parameters[name] as JsonObject;

    /// <summary>A copy that may be put into another tree: a JSON node has one parent.</summary>
    public static T Copy<T>(this T node) where T : JsonNode => (T)node.DeepClone();

    public static JsonArray ToJsonArray(this IEnumerable<string> texts) => [.. texts.Select(text => (JsonNode?)text)];

    public static JsonArray ToJsonArray(this IEnumerable<JsonObject> objects) => [.. objects];

    /// <summary>Seconds since 1970 with milliseconds: the JSON protocol's timestamp.</summary>
    public static JsonNode Seconds(this DateTimeOffset time) => JsonValue.Create(time.ToUnixTimeMilliseconds() / 1000m);

    /// <summary>ISO 8601 in UTC: the query protocol's timestamp.</summary>
    public static string Iso(this DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
