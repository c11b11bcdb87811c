using System;
using AwsClients.Generator.Models;

namespace AwsClients.Generator.Reading;

/// <summary>Reads a type: <c>string</c>, <c>list&lt;struct:Tag&gt;</c>, <c>map&lt;list&lt;string&gt;&gt;</c>, <c>enum:LaunchType</c>.</summary>
internal static class ShapeTypeParser
{
    /// <returns>The type, or null when <paramref name="text"/> is none.</returns>
    public static ShapeType? Parse(string text)
    {
        if (Argument(text, "list<") is { } element)
        {
            return Parse(element) is { } type ? new ShapeType.List(type) : null;
        }

        if (Argument(text, "map<") is { } value)
        {
            return Parse(value) is { } type ? new ShapeType.Map(type) : null;
        }

        if (text.StartsWith("struct:", StringComparison.Ordinal))
        {
            return new ShapeType.Structure(text.Substring("struct:".Length));
        }

        if (text.StartsWith("enum:", StringComparison.Ordinal))
        {
            return new ShapeType.Enumeration(text.Substring("enum:".Length));
        }

        return Scalar(text) is { } kind ? new ShapeType.Scalar(kind) : null;
    }

    private static ScalarKind? Scalar(string text) => text switch
    {
        "string" => ScalarKind.String,
        "blob" => ScalarKind.Blob,
        "bool" => ScalarKind.Boolean,
        "int" => ScalarKind.Integer,
        "long" => ScalarKind.Long,
        "float" => ScalarKind.Float,
        "double" => ScalarKind.Double,
        "timestamp" => ScalarKind.Timestamp,
        "epochms" => ScalarKind.EpochMilliseconds,
        _ => null,
    };

    private static string? Argument(string text, string opening)
    {
        var isGeneric = text.StartsWith(opening, StringComparison.Ordinal) && text[text.Length - 1] == '>';
        return isGeneric ? text.Substring(opening.Length, text.Length - opening.Length - 1) : null;
    }
}
