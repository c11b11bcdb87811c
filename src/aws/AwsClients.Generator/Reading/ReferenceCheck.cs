using System;
using System.Collections.Generic;
using System.Linq;
using AwsClients.Generator.Models;

namespace AwsClients.Generator.Reading;

/// <summary>Finds names that are used and not defined, which would otherwise surface as compiler errors in generated code.</summary>
internal static class ReferenceCheck
{
    public static string? FirstProblem(ServiceModel model) => Problems(model).FirstOrDefault();

    private static IEnumerable<string> Problems(ServiceModel model)
    {
        var structures = new HashSet<string>(model.Structures.Select(structure => structure.Name), StringComparer.Ordinal);
        var enumerations = new HashSet<string>(model.Enumerations.Select(enumeration => enumeration.Name), StringComparer.Ordinal);
        var errors = new HashSet<string>(model.Errors.Select(error => error.Name), StringComparer.Ordinal);
        var members = model.Structures.SelectMany(structure => structure.Members).Concat(model.Errors.SelectMany(error => error.Members));

        foreach (var member in members)
        {
            switch (Innermost(member.Type))
            {
                case ShapeType.Structure structure when !structures.Contains(structure.Name):
                    yield return $"member {member.WireName}: struct {structure.Name} is not defined";
                    break;
                case ShapeType.Enumeration enumeration when !enumerations.Contains(enumeration.Name):
                    yield return $"member {member.WireName}: enum {enumeration.Name} is not defined";
                    break;
                default:
                    break;
            }
        }

        foreach (var operation in model.Operations)
        {
            foreach (var error in operation.Errors.Where(error => !errors.Contains(error)))
            {
                yield return $"operation {operation.Name}: error {error} is not defined";
            }
        }
    }

    private static ShapeType Innermost(ShapeType type) => type switch
    {
        ShapeType.List list => Innermost(list.Element),
        ShapeType.Map map => Innermost(map.Value),
        _ => type,
    };
}
