using System.Text.Json.Nodes;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Templates;

/// <summary>A parameter with its value for one stack.</summary>
internal sealed record BoundParameter
{
    public required string Name { get; init; }

    /// <summary>As given or defaulted.</summary>
    public required string Text { get; init; }

    /// <summary>What Ref yields: a text, or a list for the list types.</summary>
    public required JsonNode Value { get; init; }

    public required bool NoEcho { get; init; }

    /// <summary>For parameters of an SSM type, the value found.</summary>
    public string? Resolved { get; init; }

    public JsonObject Describe()
    {
        var answer = new JsonObject { ["ParameterKey"] = Name, ["ParameterValue"] = NoEcho ? "****" : Text };
        if (Resolved is not null) answer["ResolvedValue"] = Resolved;
        return answer;
    }
}
