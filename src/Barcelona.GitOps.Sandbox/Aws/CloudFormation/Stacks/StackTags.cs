using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Stacks;

/// <summary>The tags that a resource of a stack ends up with: a stack's tags are copied to every resource, the resource's own win.</summary>
internal static class StackTags
{
    public static IReadOnlyList<JsonObject> Of(Stack stack, string logicalId, JsonObject properties)
    {
        var tags = new Dictionary<string, string>();
        foreach (var tag in stack.Definition.Tags.Concat(properties.Objects("Tags"))) tags[tag.Text("Key") ?? ""] = tag.Text("Value") ?? "";
        tags["aws:cloudformation:stack-name"] = stack.Name;
        tags["aws:cloudformation:stack-id"] = stack.Id;
        tags["aws:cloudformation:logical-id"] = logicalId;
        return [.. tags.Select(tag => new JsonObject { ["Key"] = tag.Key, ["Value"] = tag.Value })];
    }
}
