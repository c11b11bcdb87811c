using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.References;

/// <summary>The texts that stand at a reference's place in a resource's properties.</summary>
internal static class ReferenceValues
{
    public static IEnumerable<string> Of(JsonObject properties, Reference reference) =>
        At(Enumerable.Repeat<JsonNode?>(properties, 1), reference.Path.Split('/'));

    private static IEnumerable<string> At(IEnumerable<JsonNode?> nodes, ReadOnlySpan<string> path)
    {
        foreach (var part in path)
            nodes = [.. nodes.SelectMany(Items).OfType<JsonObject>().Select(node => node[part])];
        return nodes.SelectMany(Items).Select(JsonParameters.Text).OfType<string>();
    }

    private static IEnumerable<JsonNode?> Items(JsonNode? node) => node as IEnumerable<JsonNode?> ?? Enumerable.Repeat(node, 1);
}
