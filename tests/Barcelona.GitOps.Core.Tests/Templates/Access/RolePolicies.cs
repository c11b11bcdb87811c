using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Barcelona.GitOps.Core.Districts;
using Barcelona.GitOps.Core.Templates.Access;

namespace Barcelona.GitOps.Core.Tests.Templates.Access;

/// <summary>The statements of a district's role as the template has them.</summary>
internal sealed class RolePolicies(District district)
{
    private readonly JsonObject _resources = JsonNode.Parse(DistrictRoleTemplate.Of(district))?["Resources"]?.AsObject() ?? [];

    /// <summary>Logical id to document, for those that are attached to the role.</summary>
    public IEnumerable<(string Id, JsonObject Document)> Documents => _resources
        .Where(r => r.Value?["Properties"]?["Roles"] is not null)
        .Select(r => (r.Key, r.Value?["Properties"]?["PolicyDocument"]?.AsObject() ?? []));

    public JsonObject Boundary => _resources[nameof(Boundary)]?["Properties"]?["PolicyDocument"]?.AsObject() ?? [];

    public IEnumerable<JsonObject> Statements => Documents.SelectMany(d => Of(d.Document));

    public IReadOnlySet<string> Actions => Statements.SelectMany(ActionsOf).ToHashSet(StringComparer.Ordinal);

    public static IEnumerable<JsonObject> Of(JsonObject document) => (document["Statement"]?.AsArray() ?? []).OfType<JsonObject>();

    public static IEnumerable<string> ActionsOf(JsonObject statement) =>
        (statement["Action"]?.AsArray() ?? []).Select(a => a?.GetValue<string>() ?? "");

    public static IEnumerable<string> ResourcesOf(JsonObject statement) =>
        (statement["Resource"] is JsonArray several ? [.. several] : new[] { statement["Resource"] }).Select(Text);

    /// <summary>As IAM gets it.</summary>
    public static string Resolved(JsonNode document) => Regex
        .Replace(document.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }), """\{"Fn::Sub":("[^"]*")\}""", "$1")
        .Replace("${AWS::Partition}", "aws", StringComparison.Ordinal)
        .Replace("${AWS::AccountId}", "123456789012", StringComparison.Ordinal);

    /// <summary>Whether a statement's resource, <c>*</c> or an ARN with wildcards, is also this one.</summary>
    public static bool Covers(string pattern, string arn) => pattern == "*" || Regex.IsMatch(arn, "^"
        + Regex.Escape(pattern.Replace("${AWS::Partition}", "aws", StringComparison.Ordinal).Replace("${AWS::AccountId}", "123456789012", StringComparison.Ordinal))
            .Replace("\\*", ".*", StringComparison.Ordinal)
        + "$");

    private static string Text(JsonNode? resource) => resource is JsonObject function ? function["Fn::Sub"]?.GetValue<string>() ?? "" : resource?.GetValue<string>() ?? "";
}
