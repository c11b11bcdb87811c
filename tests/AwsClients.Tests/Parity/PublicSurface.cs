using System.Reflection;

namespace AwsClients.Tests.Parity;

/// <summary>The public members of a client assembly, each as its key and everything that a consumer's source could depend on.</summary>
internal static class PublicSurface
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static SortedDictionary<string, string> Of(Assembly assembly)
    {
        var surface = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var type in assembly.GetTypes().Where(IsForConsumers))
        {
            surface[$"type {type.FullName}"] = $"{(type.IsInterface ? "interface" : "class")} : {TypeName(type.BaseType)}";
            foreach (var member in type.GetMembers(Declared))
            {
                if (Describe(member) is var (key, value))
                {
                    surface[$"{type.FullName}.{key}"] = (IsObsolete(member) ? "[Obsolete] " : "") + value;
                }
            }
        }

        return surface;
    }

    private static bool IsForConsumers(Type type) =>
        type.IsPublic
        && type.FullName is { } name
        && !name.Contains(".Internal.", StringComparison.Ordinal)
        && !name.Contains(".Endpoints.", StringComparison.Ordinal);

    private static (string Key, string Value)? Describe(MemberInfo member) => member switch
    {
        PropertyInfo property => (property.Name, $"{TypeName(property.PropertyType)} {Accessors(property)}{Virtual(property.GetMethod)}"),
        FieldInfo field => (field.Name, $"{(field.IsInitOnly ? "readonly " : "")}{TypeName(field.FieldType)}"),
        ConstructorInfo constructor => ($"new({ParameterTypes(constructor)})", ParameterNames(constructor)),
        MethodInfo { IsSpecialName: false } or MethodInfo { Name: "op_Implicit" } => DescribeMethod((MethodInfo)member),
        _ => null,
    };

    private static (string Key, string Value) DescribeMethod(MethodInfo method) =>
        ($"{method.Name}({ParameterTypes(method)})", $"{TypeName(method.ReturnType)} ({ParameterNames(method)}){Virtual(method)}");

    private static string Accessors(PropertyInfo property) => property.SetMethod is { IsPublic: true } ? "get set" : "get";

    // Tests of consumers derive from the client and override its methods.
    private static string Virtual(MethodInfo? method) => method is { IsVirtual: true, IsFinal: false } ? " virtual" : "";

    private static string ParameterTypes(MethodBase method) =>
        string.Join(", ", method.GetParameters().Select(parameter => TypeName(parameter.ParameterType)));

    // Arguments can be named, and left out.
    private static string ParameterNames(MethodBase method) =>
        string.Join(", ", method.GetParameters().Select(parameter => parameter.Name + (parameter.IsOptional ? "?" : "")));

    private static bool IsObsolete(MemberInfo member) => member.IsDefined(typeof(ObsoleteAttribute), inherit: false);

    private static string TypeName(Type? type) => type switch
    {
        null => "",
        { IsArray: true } => TypeName(type.GetElementType()) + "[]",
        { IsGenericType: true } => $"{type.Namespace}.{type.Name}<{string.Join(", ", type.GetGenericArguments().Select(TypeName))}>",
        _ => type.FullName ?? type.Name,
    };
}
