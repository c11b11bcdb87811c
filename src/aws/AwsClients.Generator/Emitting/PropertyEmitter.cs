using System.Collections.Generic;
using AwsClients.Generator.Models;

namespace AwsClients.Generator.Emitting;

/// <summary>Writes the properties of structures and errors.</summary>
internal static class PropertyEmitter
{
    public static void Emit(CodeWriter code, IEnumerable<Member> members)
    {
        foreach (var member in members)
        {
            if (member.IsObsolete)
            {
                code.Line("[Obsolete]");
            }

            if (member.IsSensitive)
            {
                code.Line("[Amazon.Runtime.Internal.AWSProperty(Sensitive = true)]");
            }

            var type = CSharpTypes.OfMember(member.Type);
            var initializer = member.Type.IsCollection ? $" = AWSConfigs.InitializeCollections ? new {type}() : null;" : "";
            code.Line($"public {type} {member.PropertyName} {{ get; set; }}{initializer}");
        }
    }
}
