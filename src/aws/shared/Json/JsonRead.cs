using System.Globalization;
using System.Text.Json;

namespace AwsClients.Wire;

/// <summary>
/// Reads the members of a JSON response; null and absent are null. Numbers and booleans are also taken from strings, as the official readers do.
/// </summary>
internal static class JsonRead
{
    public static string? String(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        _ => element.GetRawText(),
    };

    public static MemoryStream? Blob(JsonElement element) => IsNull(element) ? null : new MemoryStream(element.GetBytesFromBase64());

    public static bool? Boolean(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => bool.Parse(Text(element)),
        _ => null,
    };

    public static int? Integer(JsonElement element) => checked((int?)Long(element));

    // Some services write whole numbers as 1.0 or 1E3.
    public static long? Long(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => long.Parse(Text(element), CultureInfo.InvariantCulture),
        JsonValueKind.Number => element.TryGetInt64(out var value) ? value : (long)element.GetDouble(),
        _ => null,
    };

    public static float? Float(JsonElement element) => (float?)Double(element);

    public static double? Double(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => double.Parse(Text(element), CultureInfo.InvariantCulture),
        JsonValueKind.Number => element.GetDouble(),
        _ => null,
    };

    /// <summary>Seconds since 1970 with fractions, or ISO 8601; UTC to the millisecond.</summary>
    public static DateTime? Timestamp(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => Timestamps.ParseIso8601(Text(element)),
        JsonValueKind.Number => DateTime.UnixEpoch.AddMilliseconds(Math.Round(element.GetDouble() * 1000)),
        _ => null,
    };

    /// <summary>Whole milliseconds since 1970, as CloudWatch Logs writes all its times.</summary>
    public static DateTime? EpochMilliseconds(JsonElement element) =>
        Long(element) is { } milliseconds ? DateTime.UnixEpoch.AddMilliseconds(milliseconds) : null;

    public static List<T>? List<T>(JsonElement element, Func<JsonElement, T> read)
    {
        if (IsNull(element))
        {
            return null;
        }

        var list = new List<T>(element.GetArrayLength());
        foreach (var item in element.EnumerateArray())
        {
            list.Add(read(item));
        }

        return list;
    }

    public static Dictionary<string, T>? Map<T>(JsonElement element, Func<JsonElement, T> read)
    {
        if (IsNull(element))
        {
            return null;
        }

        var map = new Dictionary<string, T>();
        foreach (var entry in element.EnumerateObject())
        {
            map[entry.Name] = read(entry.Value);
        }

        return map;
    }

    private static bool IsNull(JsonElement element) => element.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined;

    private static string Text(JsonElement element) => element.GetString() ?? "";
}
