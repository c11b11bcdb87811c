using System.Collections;
using Amazon.Runtime;

namespace AwsClients.Tests.Parity.Samples;

/// <summary>Fills a request of either assembly with the same content: every property that the generated class has, some levels deep.</summary>
internal static class SampleRequest
{
    // Structures of some services contain themselves.
    private const int MaxDepth = 4;

    public static object Filled(Type type, Type generated) => Filled(type, generated, ("", Depth: 0));

    private static object Filled(Type type, Type generated, (string Name, int Depth) at)
    {
        var instance = Reflected.New(type);
        foreach (var model in Reflected.SettableProperties(generated))
        {
            if (type.GetProperty(model.Name, Reflected.Declared) is { CanWrite: true } property)
            {
                property.SetValue(instance, Value(property.PropertyType, model.PropertyType, ($"{at.Name}{model.Name}", at.Depth)));
            }
        }

        return instance;
    }

    private static object? Value(Type declared, Type generated, (string Name, int Depth) at)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        return type switch
        {
            _ when type == typeof(string) => at.Name + "-é\"&<x> 値 +%20",
            _ when type == typeof(int) => 7,
            _ when type == typeof(long) => 9_000_000_000L,
            _ when type == typeof(double) => 1.5,
            _ when type == typeof(float) => 2.5f,
            _ when type == typeof(bool) => true,
            _ when type == typeof(DateTime) => new DateTime(2026, 1, 2, 3, 4, 5, 678, DateTimeKind.Utc),
            _ when type == typeof(MemoryStream) => new MemoryStream([0, 1, 250]),
            _ when type.IsSubclassOf(typeof(ConstantClass)) => Constant(type),
            _ when Reflected.ListElement(type) is { } element =>
                List(type, element, Reflected.ListElement(generated) ?? element, (at.Name, at.Depth + 1)),
            _ when Reflected.MapValue(type) is { } value =>
                Map(type, value, Reflected.MapValue(generated) ?? value, (at.Name, at.Depth + 1)),
            _ => at.Depth < MaxDepth ? Filled(type, generated, (at.Name, at.Depth + 1)) : null,
        };
    }

    private static object? Constant(Type type) => type.GetMethod("FindValue", [typeof(string)])?.Invoke(null, ["SOME-VALUE"]);

    private static object List(Type type, Type element, Type generated, (string Name, int Depth) at)
    {
        var list = (IList)Reflected.New(type);
        for (var index = 0; index < 2 && at.Depth <= MaxDepth; index++)
        {
            list.Add(Value(element, generated, ($"{at.Name}{index}", at.Depth)));
        }

        return list;
    }

    private static object Map(Type type, Type value, Type generated, (string Name, int Depth) at)
    {
        var map = (IDictionary)Reflected.New(type);
        map["key"] = Value(value, generated, at);
        return map;
    }
}
