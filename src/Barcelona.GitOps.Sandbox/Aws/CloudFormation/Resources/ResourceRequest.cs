using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.Inventory;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Resources;

/// <summary>What a handler is asked to do, with every function in the properties worked out.</summary>
internal sealed record ResourceRequest
{
    public required AwsRegion Region { get; init; }

    public required string StackName { get; init; }

    public required string LogicalId { get; init; }

    /// <summary>The stack's id and the logical id: under which the resource is known.</summary>
    public required string Owner { get; init; }

    public required string Type { get; init; }

    public required JsonObject Properties { get; init; }

    /// <summary>What was applied last; empty at creation.</summary>
    public JsonObject Before { get; init; } = [];

    /// <summary>Empty at creation.</summary>
    public string PhysicalId { get; init; } = "";

    /// <summary>How a group of instances is to be changed; null when the template does not say.</summary>
    public JsonObject? UpdatePolicy { get; init; }

    /// <summary>The resource's own tags, the stack's, and CloudFormation's, as <c>{Key, Value}</c>.</summary>
    public required IReadOnlyList<JsonObject> Tags { get; init; }

    /// <summary>What exists of the same type beside this one, also what is still being made.</summary>
    public IEnumerable<KnownResource> Others =>
        Region.Inventory.OfType(Type).Where(known => known.Owner != Owner || known.Id != PhysicalId);

    /// <summary>The resource that a property names; null when it names none.</summary>
    public KnownResource? Named(string type, string property) =>
        Properties.Text(property) is { } name ? Region.Inventory.Find(type, name) : null;

    /// <summary><c>stack-LogicalId-RANDOM</c>, shortened where the service allows fewer characters.</summary>
    public string GeneratedName(int longest = 64)
    {
        var suffix = Identifiers.Suffix(12);
        var stem = $"{StackName}-{LogicalId}";
        if (stem.Length + 1 + suffix.Length <= longest) return $"{stem}-{suffix}";
        var half = (longest - suffix.Length - 2) / 2;
        return $"{Cut(StackName, half)}-{Cut(LogicalId, half)}-{suffix}";
    }

    private static string Cut(string text, int length) => text[..Math.Min(length, text.Length)].Trim('-');
}
