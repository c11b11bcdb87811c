using System.Text.Json.Nodes;

namespace Barcelona.GitOps.Core.Templates;

/// <summary>CloudFormation's intrinsic functions and the few shapes that every template of ours repeats.</summary>
internal static class Cfn
{
    public static JsonObject Ref(string logicalId) => new() { ["Ref"] = logicalId };

    public static JsonObject GetAtt(string logicalId, string attribute) => new() { ["Fn::GetAtt"] = new JsonArray(logicalId, attribute) };

    public static JsonObject Sub(string text) => new() { ["Fn::Sub"] = text };

    public static JsonObject Select(int index, JsonNode list) => new() { ["Fn::Select"] = new JsonArray(index, list) };

    public static JsonObject JoinWithComma(JsonNode list) => new() { ["Fn::Join"] = new JsonArray(",", list) };

    public static JsonObject Join(string separator, JsonNode[] parts) => new() { ["Fn::Join"] = new JsonArray(separator, new JsonArray(parts)) };

    public static JsonObject Split(string separator, JsonNode text) => new() { ["Fn::Split"] = new JsonArray(separator, text) };

    public static JsonObject Resource(string type, JsonObject properties) => new() { ["Type"] = type, ["Properties"] = properties };

    public static JsonObject Parameter(string type, string description) => new() { ["Type"] = type, ["Description"] = description };

    public static JsonObject Output(JsonNode value) => new() { ["Value"] = value };

    public static JsonArray Strings(IEnumerable<string> values) => new([.. values.Select(v => (JsonNode)v)]);

    public static JsonObject Template(string description, JsonObject parameters, JsonObject resources, JsonObject outputs) => new()
    {
        ["AWSTemplateFormatVersion"] = "2010-09-09",
        ["Description"] = description,
        ["Parameters"] = parameters,
        ["Resources"] = resources,
        ["Outputs"] = outputs,
    };
}
