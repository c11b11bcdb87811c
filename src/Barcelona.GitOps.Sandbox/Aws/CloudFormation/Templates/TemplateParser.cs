using System.Text.Json;
using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.CloudFormation.Resources;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Templates;

/// <summary>Reads a JSON template and refuses what CloudFormation refuses before it starts anything.</summary>
internal static class TemplateParser
{
    private static readonly HashSet<string> TopLevel =
    [
        "AWSTemplateFormatVersion", "Description", "Metadata", "Parameters", "Rules", "Mappings", "Conditions", "Transform", "Resources", "Outputs",
    ];

    private static readonly HashSet<string> ResourceKeys =
    [
        "Type", "Properties", "Condition", "DependsOn", "DeletionPolicy", "UpdateReplacePolicy", "Metadata", "CreationPolicy", "UpdatePolicy",
    ];

    public static Template Parse(string body)
    {
        var root = Read(body);
        var unknown = root.Select(section => section.Key).Where(key => !TopLevel.Contains(key)).ToList();
        if (unknown.Count > 0) throw Invalid($"Invalid template property or properties [{string.Join(", ", unknown)}]");
        if (root["Resources"] is not JsonObject resources || resources.Count == 0)
            throw Invalid("Template format error: At least one Resources member must be defined.");
        var parsed = resources.Select(entry => Resource(entry.Key, entry.Value)).ToDictionary(resource => resource.LogicalId);
        var unrecognized = parsed.Values.Select(resource => resource.Type).Where(type => !ResourceSchemas.Knows(type)).Distinct().ToList();
        if (unrecognized.Count > 0) throw Invalid($"Template format error: Unrecognized resource types: [{string.Join(", ", unrecognized)}]");
        var template = new Template(body, root, parsed);
        TemplateReferences.Check(template);
        return template;
    }

    private static JsonObject Read(string body)
    {
        try
        {
            return JsonNode.Parse(body, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false }) as JsonObject
                ?? throw Invalid("Template format error: unsupported structure.");
        }
        catch (JsonException e)
        {
            throw Invalid($"Template format error: JSON not well-formed. (line {e.LineNumber + 1}, column {e.BytePositionInLine + 1})");
        }
    }

    private static TemplateResource Resource(string logicalId, JsonNode? node)
    {
        if (!logicalId.All(char.IsAsciiLetterOrDigit))
            throw Invalid($"Template format error: Resource name {logicalId} is non alphanumeric.");
        if (node is not JsonObject resource) throw Invalid($"Template format error: [/Resources/{logicalId}] resource definition is malformed");
        if (resource.Text("Type") is not { } type)
            throw Invalid($"Template format error: [/Resources/{logicalId}] Every Resources object must contain a Type member.");
        if (resource.Select(entry => entry.Key).FirstOrDefault(key => !ResourceKeys.Contains(key)) is { } unknown)
            throw Invalid($"Invalid template resource property '{unknown}'");
        RefuseNulls(resource, $"/Resources/{logicalId}");
        var deletionPolicy = resource.Text("DeletionPolicy") ?? "Delete";
        if (deletionPolicy is not ("Delete" or "Retain" or "RetainExceptOnCreate" or "Snapshot"))
            throw Invalid($"Template error: Unrecognized DeletionPolicy {deletionPolicy} for resource {logicalId}");
        if (resource.Text("UpdateReplacePolicy") is not (null or "Delete" or "Retain" or "Snapshot"))
            throw Invalid($"Template error: Unrecognized UpdateReplacePolicy {resource.Text("UpdateReplacePolicy")} for resource {logicalId}");
        return new TemplateResource
        {
            LogicalId = logicalId,
            Type = type,
            Properties = resource.Object("Properties") ?? [],
            Condition = resource.Text("Condition"),
            DependsOn = resource["DependsOn"] is JsonArray ? [.. resource.Texts("DependsOn")] : resource.Text("DependsOn") is { } one ? [one] : [],
            DeletionPolicy = deletionPolicy,
            UpdateReplacePolicy = resource.Text("UpdateReplacePolicy") ?? "Delete",
            UpdatePolicy = resource.Object("UpdatePolicy"),
        };
    }

    private static void RefuseNulls(JsonNode node, string path)
    {
        var children = node switch
        {
            JsonObject map => map.Select(entry => (entry.Key, entry.Value)),
            JsonArray list => list.Select((item, index) => ($"{index}", item)),
            _ => [],
        };
        foreach (var (key, child) in children)
        {
            if (child is null) throw Invalid($"Template format error: [{path}/{key}] 'null' values are not allowed in templates");
            RefuseNulls(child, $"{path}/{key}");
        }
    }

    private static AwsErrorException Invalid(string message) => AwsErrorException.Validation(message);
}
