using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.CloudFormation.Templates;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Stacks;

/// <summary>What a stack is asked to be: a template, its parameters' values, and tags as <c>{Key, Value}</c>.</summary>
internal sealed record StackDefinition(Template Template, IReadOnlyDictionary<string, BoundParameter> Parameters, IReadOnlyList<JsonObject> Tags)
{
    /// <summary>An update to an equal definition is refused: there is nothing to do.</summary>
    public bool SameAs(StackDefinition other) =>
        JsonNode.DeepEquals(Template.Root, other.Template.Root)
        && Parameters.Count == other.Parameters.Count
        && Parameters.Values
            .All(mine => other.Parameters.TryGetValue(mine.Name, out var its) && its.Text == mine.Text && its.Resolved == mine.Resolved)
        && HasTagsOf(other);

    public bool HasTagsOf(StackDefinition other) => Lines(Tags).SequenceEqual(Lines(other.Tags));

    private static IEnumerable<string> Lines(IReadOnlyList<JsonObject> tags) =>
        tags.Select(tag => $"{tag["Key"]}={tag["Value"]}").Order(StringComparer.Ordinal);
}
