using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Districts;

namespace Barcelona.GitOps.Core.Tests.Golden;

/// <summary>Prints records as indented text: what a golden case compares. Places are left out, defaults are not.</summary>
internal static class ModelText
{
    public static string Of(object? value)
    {
        var text = new StringBuilder();
        Write(text, value, indent: 0);
        return text.ToString();
    }

    private static void Write(StringBuilder text, object? value, int indent)
    {
        switch (Bare(value))
        {
            case null:
                text.Append(" -\n");
                break;
            case string or Enum or bool or int or TimeSpan:
                text.Append(CultureInfo.InvariantCulture, $" {Bare(value)}\n");
                break;
            case IEnumerable list:
                text.Append('\n');
                foreach (var item in list)
                {
                    text.Append(' ', indent).Append('-');
                    Write(text, item, indent + 2);
                }

                break;
            case { } record:
                text.Append(CultureInfo.InvariantCulture, $" {record.GetType().Name}\n");
                var properties = record.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance);
                foreach (var property in properties.Where(p => p.PropertyType != typeof(SourceSpan) && p.PropertyType != typeof(KeyPlaces)))
                {
                    text.Append(' ', indent).Append(property.Name).Append(':');
                    Write(text, property.GetValue(record), indent + 2);
                }

                break;
        }
    }

    private static object? Bare(object? value) =>
        value?.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(Located<>)
            ? type.GetProperty(nameof(Located<>.Value))?.GetValue(value)
            : value;
}
