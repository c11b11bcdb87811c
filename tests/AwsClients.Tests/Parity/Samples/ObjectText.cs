using System.Collections;
using System.Globalization;
using Amazon.Runtime;

namespace AwsClients.Tests.Parity.Samples;

/// <summary>Writes an object graph as text, by the properties of the generated class, so that graphs of both assemblies can be compared.</summary>
internal static class ObjectText
{
    public static string Of(object? value, Type generated) => value switch
    {
        null => "null",
        AmazonServiceException exception => $"{exception.GetType().FullName} {exception.ErrorCode} '{exception.Message}' " +
            $"{exception.ErrorType} {exception.StatusCode} {exception.RequestId}",
        Exception exception => $"{exception.GetType().FullName} '{exception.Message}'",
        string text => $"\"{text}\"",
        ConstantClass constant => $"constant {constant.Value}",
        DateTime time => time.ToString("o", CultureInfo.InvariantCulture),
        MemoryStream stream => Convert.ToHexString(stream.ToArray()),
        IDictionary map => $"{{{string.Join(",", Entries(map, Reflected.MapValue(generated) ?? generated))}}}",
        IList list => $"[{string.Join(",", list.Cast<object?>().Select(item => Of(item, Reflected.ListElement(generated) ?? generated)))}]",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        bool flag => flag ? "true" : "false",
        _ => OfStructure(value, generated),
    };

    private static IEnumerable<string> Entries(IDictionary map, Type generatedValue) =>
        map.Keys.Cast<string>().Order(StringComparer.Ordinal).Select(key => $"{key}={Of(map[key], generatedValue)}");

    private static string OfStructure(object value, Type generated)
    {
        var metadata = value is AmazonWebServiceResponse response ? $"{response.HttpStatusCode} {response.ResponseMetadata?.RequestId} " : "";
        var members = Reflected.SettableProperties(generated)
            .Select(property => $"{property.Name}={Of(value.GetType().GetProperty(property.Name)?.GetValue(value), property.PropertyType)}");
        return $"{value.GetType().Name}({metadata}{string.Join(";", members)})";
    }
}
