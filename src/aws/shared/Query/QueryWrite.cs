using System.Globalization;

namespace AwsClients.Wire;

/// <summary>Writes the form fields of a query request: scalars as text, lists as <c>X.member.1</c>, maps as <c>X.entry.1.key</c>.</summary>
internal static class QueryWrite
{
    public static string String(string value) => value;

    public static string Blob(MemoryStream value) => Convert.ToBase64String(value.ToArray());

    public static string Boolean(bool value) => value ? "true" : "false";

    public static string Integer(int value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Long(long value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Float(float value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Double(double value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Timestamp(DateTime value) => Timestamps.FormatIso8601(value);

    /// <summary>An empty list is written as <c>X=</c>: to an update it means "none", which is not the same as leaving the field out.</summary>
    public static void List<T>(IDictionary<string, string> fields, string key, List<T> list, Action<IDictionary<string, string>, string, T> write)
    {
        if (list.Count == 0)
        {
            fields[key] = "";
            return;
        }

        for (var index = 0; index < list.Count; index++)
        {
            write(fields, $"{key}.member.{Integer(index + 1)}", list[index]);
        }
    }

    public static void Map<T>(
        IDictionary<string, string> fields, string key, Dictionary<string, T> map, Action<IDictionary<string, string>, string, T> write)
    {
        var number = 0;
        foreach (var (entryKey, entryValue) in map)
        {
            var entry = $"{key}.entry.{Integer(++number)}";
            fields[entry + ".key"] = entryKey;
            write(fields, entry + ".value", entryValue);
        }
    }
}
