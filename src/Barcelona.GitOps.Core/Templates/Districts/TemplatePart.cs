using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Barcelona.GitOps.Core.Templates.Districts;

/// <summary>What one subject brings into a template. A template is the sum of its parts.</summary>
internal sealed record TemplatePart
{
    public static readonly TemplatePart Nothing = new();

    public static TemplatePart Sum(ImmutableArray<TemplatePart> parts) => new()
    {
        Parameters = [.. parts.SelectMany(p => p.Parameters)],
        Resources = [.. parts.SelectMany(p => p.Resources)],
        Outputs = [.. parts.SelectMany(p => p.Outputs)],
    };

    public ImmutableArray<StackParameter> Parameters { get; init; } = [];

    /// <summary>By logical id.</summary>
    public ImmutableArray<KeyValuePair<string, JsonObject>> Resources { get; init; } = [];

    /// <summary>Values by the output's name, beside the parameters, which are all echoed.</summary>
    public ImmutableArray<KeyValuePair<string, JsonNode>> Outputs { get; init; } = [];
}

/// <summary>A parameter of a stack, with the value that it is given.</summary>
/// <param name="Type">CloudFormation's: <c>String</c>, <c>AWS::EC2::VPC::Id</c>, <c>List&lt;AWS::EC2::Subnet::Id&gt;</c>.</param>
/// <param name="Value">Lists are comma-separated.</param>
internal sealed record StackParameter(string Name, string Type, string Description, string Value)
{
    /// <summary>Kept for the next plan even if no resource refers to it. Any other is left out then: a change of it would look like one.</summary>
    public bool IsRecord { get; init; }

    /// <summary>Its value until the resource of that logical id stands; null: it has one value.</summary>
    public (string Value, string Resource)? WhileMaking { get; init; }

    public bool IsList => Type.StartsWith("List<", StringComparison.Ordinal) || Type == "CommaDelimitedList";
}
