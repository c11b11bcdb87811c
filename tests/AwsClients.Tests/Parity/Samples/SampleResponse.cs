using Amazon.Runtime;

namespace AwsClients.Tests.Parity.Samples;

/// <summary>Writes a response body with every member that the generated class has, and one that nobody knows.</summary>
internal static class SampleResponse
{
    private const int MaxDepth = 5;

    public static string Json(Type response) => JsonValue(response, depth: 0);

    public static string Xml(string operation, Type response) =>
        $"<{operation}Response xmlns=\"https://example.com/doc/\"><{operation}Result>{XmlMembers(response, depth: 0)}</{operation}Result>" +
        $"<ResponseMetadata><RequestId>request-id-of-the-body</RequestId></ResponseMetadata></{operation}Response>";

    private static string JsonValue(Type declared, int depth)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        return type switch
        {
            _ when IsText(type) => "\"s-é\\\"値\"",
            _ when type == typeof(bool) => "true",
            _ when type == typeof(DateTime) => "1767323045.678",
            _ when type == typeof(MemoryStream) => "\"AAH6\"",
            _ when type.IsPrimitive => "42",
            _ when Reflected.ListElement(type) is { } element => depth > MaxDepth ? "[]" : $"[{JsonValue(element, depth + 1)}]",
            _ when Reflected.MapValue(type) is { } value => depth > MaxDepth ? "{}" : $$"""{"key":{{JsonValue(value, depth + 1)}}}""",
            _ => depth > MaxDepth ? "{}" : JsonObject(type, depth + 1),
        };
    }

    private static string JsonObject(Type type, int depth)
    {
        var members = Reflected.SettableProperties(type).Select(property => $"\"{property.Name}\":{JsonValue(property.PropertyType, depth)}");
        return $"{{{string.Join(",", members.Append("\"Unknown\":{\"a\":[1,null]}"))}}}";
    }

    private static string XmlMembers(Type type, int depth) => depth > MaxDepth ? "" : string.Concat(
        Reflected.SettableProperties(type)
            .Select(property => $"<{property.Name}>{XmlValue(property.PropertyType, depth)}</{property.Name}>")
            .Append("<Unknown><a>1</a></Unknown>"));

    private static string XmlValue(Type declared, int depth)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        return type switch
        {
            _ when IsText(type) => "s-é&amp;値",
            _ when type == typeof(bool) => "true",
            _ when type == typeof(DateTime) => "2026-01-02T03:04:05.678Z",
            _ when type == typeof(MemoryStream) => "AAH6",
            _ when type.IsPrimitive => "42",
            _ when Reflected.ListElement(type) is { } element => $"<member>{XmlValue(element, depth + 1)}</member>",
            _ => XmlMembers(type, depth + 1),
        };
    }

    private static bool IsText(Type type) => type == typeof(string) || type.IsSubclassOf(typeof(ConstantClass));
}
