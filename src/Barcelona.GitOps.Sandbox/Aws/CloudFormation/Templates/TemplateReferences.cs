using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Templates;

/// <summary>Which names a piece of a template refers to, and whether they exist and form no circle.</summary>
internal static class TemplateReferences
{
    /// <summary>Names in Ref, Fn::GetAtt and Fn::Sub below the node; pseudo parameters included.</summary>
    public static IEnumerable<string> Names(JsonNode? node) => node switch
    {
        JsonObject { Count: 1 } map when map.ContainsKey("Ref") => [JsonParameters.Text(map["Ref"]) ?? ""],
        JsonObject { Count: 1 } map when map.ContainsKey("Fn::GetAtt") => GetAttName(map["Fn::GetAtt"]),
        JsonObject { Count: 1 } map when map.ContainsKey("Fn::Sub") => SubNames(map["Fn::Sub"]),
        JsonObject map => map.SelectMany(entry => Names(entry.Value)),
        JsonArray list => list.SelectMany(Names),
        _ => [],
    };

    /// <summary>The resources that must be there before this one: what it refers to and what it says it depends on.</summary>
    public static HashSet<string> Dependencies(Template template, TemplateResource resource) =>
        [.. Names(resource.Properties).Concat(resource.DependsOn).Where(template.Resources.ContainsKey)];

    public static void Check(Template template)
    {
        foreach (var resource in template.Resources.Values)
        {
            CheckNames(template, resource.Properties, "Resources");
            if (resource.DependsOn.FirstOrDefault(name => !template.Resources.ContainsKey(name)) is { } missing)
                throw AwsErrorException.Validation(
                    $"Template format error: Unresolved resource dependencies [{missing}] in the Resources block of the template");
            if (resource.Condition is { } condition) CheckCondition(template, condition);
        }
        CheckNames(template, template.Outputs, "Outputs");
        CheckCircles(template);
    }

    private static void CheckNames(Template template, JsonNode section, string block)
    {
        var missing = Names(section)
            .Where(name => !name.StartsWith("AWS::", StringComparison.Ordinal)
                && !template.Parameters.ContainsKey(name)
                && !template.Resources.ContainsKey(name))
            .Distinct().ToList();
        if (missing.Count > 0)
            throw AwsErrorException.Validation(
                $"Template format error: Unresolved resource dependencies [{string.Join(", ", missing)}] in the {block} block of the template");
    }

    private static void CheckCondition(Template template, string name)
    {
        if (!template.Conditions.ContainsKey(name))
            throw AwsErrorException.Validation(
                $"Template format error: Unresolved condition dependency {name} in the Resources block of the template");
    }

    private static void CheckCircles(Template template)
    {
        var left = template.Resources.Values.ToDictionary(resource => resource.LogicalId, resource => Dependencies(template, resource));
        while (left.Where(entry => entry.Value.All(name => !left.ContainsKey(name))).Select(entry => entry.Key).ToList() is { Count: > 0 } free)
        {
            foreach (var name in free) left.Remove(name);
        }
        if (left.Count > 0) throw AwsErrorException.Validation($"Circular dependency between resources: [{string.Join(", ", left.Keys)}]");
    }

    private static IEnumerable<string> GetAttName(JsonNode? argument) => argument switch
    {
        JsonArray { Count: > 0 } list =>
            Names(new JsonArray([.. list.Skip(1).Select(item => item?.DeepClone())])).Prepend(JsonParameters.Text(list[0]) ?? ""),
        _ => [(JsonParameters.Text(argument) ?? "").Split('.')[0]],
    };

    private static IEnumerable<string> SubNames(JsonNode? argument)
    {
        if (argument is not JsonArray { Count: 2 } list) return SubExpression.Names(JsonParameters.Text(argument) ?? "").Select(Owner);
        var own = list[1] as JsonObject ?? [];
        return SubExpression.Names(JsonParameters.Text(list[0]) ?? "").Where(name => !own.ContainsKey(name)).Select(Owner).Concat(Names(own));
    }

    private static string Owner(string name) => name.Split('.')[0];
}
