using System.Text.Json;

namespace AwsClients.Wire;

/// <summary>Writes the members of a JSON request.</summary>
internal static class JsonWrite
{
    public static void String(Utf8JsonWriter writer, string? value) => writer.WriteStringValue(value);

    public static void Blob(Utf8JsonWriter writer, MemoryStream value) => writer.WriteBase64StringValue(value.ToArray());

    public static void Boolean(Utf8JsonWriter writer, bool value) => writer.WriteBooleanValue(value);

    public static void Integer(Utf8JsonWriter writer, int value) => writer.WriteNumberValue(value);

    public static void Long(Utf8JsonWriter writer, long value) => writer.WriteNumberValue(value);

    public static void Float(Utf8JsonWriter writer, float value) => writer.WriteNumberValue(value);

    public static void Double(Utf8JsonWriter writer, double value) => writer.WriteNumberValue(value);

    // Decimal, because a double would turn .678 s into .67799997.
    public static void Timestamp(Utf8JsonWriter writer, DateTime value) =>
        writer.WriteNumberValue((decimal)Timestamps.SinceEpoch(value).Ticks / TimeSpan.TicksPerSecond);

    public static void EpochMilliseconds(Utf8JsonWriter writer, DateTime value) =>
        writer.WriteNumberValue(Timestamps.SinceEpoch(value).Ticks / TimeSpan.TicksPerMillisecond);

    public static void List<T>(Utf8JsonWriter writer, List<T> list, Action<Utf8JsonWriter, T> write)
    {
        writer.WriteStartArray();
        foreach (var item in list)
        {
            write(writer, item);
        }

        writer.WriteEndArray();
    }

    public static void Map<T>(Utf8JsonWriter writer, Dictionary<string, T> map, Action<Utf8JsonWriter, T> write)
    {
        writer.WriteStartObject();
        foreach (var (key, value) in map)
        {
            writer.WritePropertyName(key);
            write(writer, value);
        }

        writer.WriteEndObject();
    }
}
