using System.Text.Json.Nodes;
using Barcelona.GitOps.Core.Districts;

namespace Barcelona.GitOps.Core.Templates.Districts;

/// <summary>What the parts of a district's stack are written from, and how they refer to each other.</summary>
internal sealed class DistrictContext(DistrictInputs inputs)
{
    public DistrictInputs Inputs { get; } = inputs;

    public District District => Inputs.District;

    public NetworkReferences Network { get; } = new(inputs.District);

    /// <summary>For what people look for in the console; all else is told apart by the stack's own tags.</summary>
    public JsonArray Named(string what, params IEnumerable<KeyValuePair<string, string>> others) =>
    [
        .. others.Prepend(new("Name", $"barcelona-{District.Name}-{what}")).Select(t => new JsonObject { ["Key"] = t.Key, ["Value"] = t.Value }),
    ];

    /// <summary>For launch templates and what they make: CloudFormation copies the stack's tags to neither.</summary>
    public JsonObject TagSpecification(string resourceType, string what) => new()
    {
        ["ResourceType"] = resourceType,
        ["Tags"] = Named(what, new KeyValuePair<string, string>(StackKeys.DistrictTag, District.Name)),
    };
}
