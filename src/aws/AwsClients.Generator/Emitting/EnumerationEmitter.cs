using AwsClients.Generator.Models;

namespace AwsClients.Generator.Emitting;

/// <summary>Writes the enumerations: classes of constants that let unknown values pass, since AWS adds values at any time.</summary>
internal static class EnumerationEmitter
{
    public static string Emit(ServiceModel model)
    {
        var code = CodeWriter.ForFile("");
        using (code.Open($"namespace {model.Identity.Namespace}"))
        {
            foreach (var enumeration in model.Enumerations)
            {
                EmitEnumeration(code, enumeration);
            }
        }

        return code.ToString();
    }

    private static void EmitEnumeration(CodeWriter code, Enumeration enumeration)
    {
        var name = enumeration.Name;
        using (code.Open($"public class {name} : ConstantClass"))
        {
            foreach (var value in enumeration.Values)
            {
                code.Line($"public static readonly {name} {Identifiers.Constant(value)} = new {name}(\"{value}\");");
            }

            code.Lines($"""
                public {name}(string value) : base(value) {"{ }"}
                public static {name} FindValue(string value) => FindValue<{name}>(value);
                public static implicit operator {name}(string value) => FindValue(value);
                """);
        }
    }
}
