using System;
using AwsClients.Generator.Models;

namespace AwsClients.Generator.Emitting;

/// <summary>The C# types that the official SDK gives to members: value types are nullable as members and plain inside collections.</summary>
internal static class CSharpTypes
{
    public static string OfMember(ShapeType type) => type.IsValueType ? OfElement(type) + "?" : OfElement(type);

    public static string OfElement(ShapeType type) => type switch
    {
        ShapeType.List list => $"List<{OfElement(list.Element)}>",
        ShapeType.Map map => $"Dictionary<string, {OfElement(map.Value)}>",
        ShapeType.Structure structure => structure.Name,
        ShapeType.Enumeration enumeration => enumeration.Name,
        ShapeType.Scalar scalar => OfScalar(scalar.Kind),
        _ => throw new InvalidOperationException($"No C# type for {type}"),
    };

    private static string OfScalar(ScalarKind kind) => kind switch
    {
        ScalarKind.String => "string",
        ScalarKind.Blob => "System.IO.MemoryStream",
        ScalarKind.Boolean => "bool",
        ScalarKind.Integer => "int",
        ScalarKind.Long => "long",
        ScalarKind.Float => "float",
        ScalarKind.Double => "double",
        ScalarKind.Timestamp or ScalarKind.EpochMilliseconds => "DateTime",
        _ => throw new InvalidOperationException($"No C# type for {kind}"),
    };
}
