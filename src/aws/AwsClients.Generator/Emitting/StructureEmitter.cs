using AwsClients.Generator.Models;

namespace AwsClients.Generator.Emitting;

/// <summary>Writes the request, response and plain classes of the <c>Model</c> namespace, each with its reader and writer.</summary>
internal static class StructureEmitter
{
    public static string Emit(ServiceModel model)
    {
        var (@namespace, clientPrefix, _) = model.Identity;
        var protocol = ProtocolEmitter.For(model);
        var code = CodeWriter.ForFile("""
            using System.Text.Json;
            using System.Xml.Linq;
            """);
        using (code.Open($"namespace {@namespace}"))
        {
            code.Line($"public partial class {clientPrefix}Request : AmazonWebServiceRequest {{ }}");
        }

        using (code.Open($"namespace {@namespace}.Model"))
        {
            foreach (var structure in model.Structures)
            {
                EmitStructure(code, structure, clientPrefix, protocol);
            }
        }

        return code.ToString();
    }

    private static void EmitStructure(CodeWriter code, Structure structure, string clientPrefix, ProtocolEmitter protocol)
    {
        var baseClass = structure.Role switch
        {
            StructureRole.Request => $" : {clientPrefix}Request",
            StructureRole.Response => " : AmazonWebServiceResponse",
            _ => "",
        };
        using (code.Open($"public partial class {structure.Name}{baseClass}"))
        {
            PropertyEmitter.Emit(code, structure.Members);
            if (structure.IsInput)
            {
                protocol.EmitWriter(code, structure);
            }

            if (structure.IsOutput)
            {
                protocol.EmitReader(code, structure);
            }
        }
    }
}
