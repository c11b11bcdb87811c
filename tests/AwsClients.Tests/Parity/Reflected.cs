using System.Reflection;

namespace AwsClients.Tests.Parity;

internal static class Reflected
{
    public const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    public static object New(Type type) => Activator.CreateInstance(type) ?? throw new InvalidOperationException($"{type} cannot be made");

    public static IEnumerable<PropertyInfo> SettableProperties(Type type) =>
        type.GetProperties(Declared).Where(property => property.CanWrite).OrderBy(property => property.Name, StringComparer.Ordinal);

    public static Type? ListElement(Type type) => Argument(type, typeof(List<>), position: 0);

    public static Type? MapValue(Type type) => Argument(type, typeof(Dictionary<,>), position: 1);

    private static Type? Argument(Type type, Type definition, int position) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == definition ? type.GetGenericArguments()[position] : null;
}
