using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Barcelona.GitOps.Sandbox.Aws.Inventory;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.Schedules;

/// <summary>Whether a role's own policies allow a call. Denials, boundaries and managed policies are not looked at.</summary>
internal sealed class RolePolicy(KnownResource role)
{
    public bool Trusts(string service, JsonObject context) => Statements(role.Properties.Object("AssumeRolePolicyDocument"))
        .Any(statement => statement.Object("Principal")?.Text("Service") == service && Meets(statement, context));

    public bool Allows(string action, string resource, JsonObject context) => role.Properties.Objects("Policies")
        .SelectMany(policy => Statements(policy.Object("PolicyDocument")))
        .Any(statement => Values(statement["Action"]).Contains(action)
            && Values(statement["Resource"]).Any(pattern => Fits(resource, pattern)) && Meets(statement, context));

    private static IEnumerable<JsonObject> Statements(JsonObject? document) =>
        (document?.Objects("Statement") ?? []).Where(statement => statement.Text("Effect") == "Allow");

    private static bool Meets(JsonObject statement, JsonObject context) => (statement.Object("Condition") ?? []).All(test =>
        (test.Value as JsonObject ?? []).All(key => context.Text(key.Key) is { } given && Values(key.Value).Any(wanted =>
            test.Key == "StringEquals" ? given == wanted : Fits(given, wanted))));

    private static IEnumerable<string> Values(JsonNode? node) =>
        node is JsonArray list ? list.Select(item => JsonParameters.Text(item) ?? "") : [JsonParameters.Text(node) ?? ""];

    private static bool Fits(string text, string pattern) =>
        Regex.IsMatch(text, "\\A" + Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal) + "\\z", RegexOptions.NonBacktracking);
}
