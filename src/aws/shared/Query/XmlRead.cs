using System.Globalization;
using System.Xml.Linq;
using Amazon;

namespace AwsClients.Wire;

/// <summary>Reads the members of an XML response. Elements are found by local name: services differ in their namespaces.</summary>
internal static class XmlRead
{
    public static XElement? Child(XElement element, string name)
    {
        foreach (var child in element.Elements())
        {
            if (child.Name.LocalName == name)
            {
                return child;
            }
        }

        return null;
    }

    public static string String(XElement element) => element.Value;

    public static MemoryStream Blob(XElement element) => new(Convert.FromBase64String(element.Value));

    public static bool? Boolean(XElement element) => element.Value.Length == 0 ? null : bool.Parse(element.Value);

    public static int? Integer(XElement element) => element.Value.Length == 0 ? null : int.Parse(element.Value, CultureInfo.InvariantCulture);

    public static long? Long(XElement element) => element.Value.Length == 0 ? null : long.Parse(element.Value, CultureInfo.InvariantCulture);

    public static float? Float(XElement element) => (float?)Double(element);

    public static double? Double(XElement element) => element.Value.Length == 0 ? null : double.Parse(element.Value, CultureInfo.InvariantCulture);

    public static DateTime? Timestamp(XElement element) => element.Value.Length == 0 ? null : Timestamps.ParseIso8601(element.Value);

    /// <summary>An element without members gives null, as in version 4 of the official SDK: callers write <c>?? []</c>.</summary>
    public static List<T>? List<T>(XElement element, Func<XElement, T> read)
    {
        List<T>? list = AWSConfigs.InitializeCollections ? [] : null;
        foreach (var member in element.Elements())
        {
            list ??= [];
            list.Add(read(member));
        }

        return list;
    }

    public static Dictionary<string, T>? Map<T>(XElement element, Func<XElement, T> read)
    {
        Dictionary<string, T>? map = AWSConfigs.InitializeCollections ? [] : null;
        foreach (var entry in element.Elements())
        {
            if (Child(entry, "key") is { } key && Child(entry, "value") is { } value)
            {
                map ??= [];
                map[key.Value] = read(value);
            }
        }

        return map;
    }
}
