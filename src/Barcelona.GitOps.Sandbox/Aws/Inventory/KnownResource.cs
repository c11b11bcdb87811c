using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.Inventory;

/// <summary>Something that exists in an account: made by a stack, or there before.</summary>
internal sealed class KnownResource(string type, string id)
{
    public string Type { get; } = type;

    /// <summary>What Ref yields.</summary>
    public string Id { get; } = id;

    /// <summary>Who made it, <c>stack/LogicalId</c>: two records of a zone have the same name and are two things all the same.</summary>
    public string Owner { get; init; } = "";

    /// <summary>CloudFormation's properties.</summary>
    public JsonObject Properties { get; set; } = [];

    public JsonObject Attributes { get; set; } = [];

    public IReadOnlyList<JsonObject> Tags { get; set; } = [];

    /// <summary>False while it is being made: nothing can refer to it yet, and what it takes is taken already.</summary>
    public bool IsReady { get; set; }

    /// <summary>Whether the text names it: by id, ARN, or whatever else the type is known by.</summary>
    public bool Answers(string name) => Id == name || Attributes.Any(attribute => JsonParameters.Text(attribute.Value) == name);
}
