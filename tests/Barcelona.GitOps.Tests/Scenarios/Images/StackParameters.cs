using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.Calls;

namespace Barcelona.GitOps.Tests.Scenarios.Images;

/// <summary>What a stack was last given.</summary>
internal static class StackParameters
{
    public static IReadOnlyDictionary<string, string> Of(IEnumerable<AwsCall> calls, string stack)
    {
        var last = calls.Last(c => c.Operation is "CreateStack" or "UpdateStack" && (string?)c.Request["StackName"] == stack);
        return (last.Request["Parameters"] as JsonArray ?? []).OfType<JsonObject>()
            .ToDictionary(p => (string?)p["ParameterKey"] ?? "", p => (string?)p["ParameterValue"] ?? "");
    }
}
