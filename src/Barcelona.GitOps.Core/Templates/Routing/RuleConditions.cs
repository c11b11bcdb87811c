using System.Text.Json.Nodes;
using Barcelona.GitOps.Core.Manifest;

namespace Barcelona.GitOps.Core.Templates.Routing;

/// <summary>
/// A listener's conditions as CloudFormation has them. A rule may have one condition of a kind, so several of a kind become one with several
/// values: either may match. https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html
/// </summary>
internal static class RuleConditions
{
    public static IEnumerable<JsonNode> Of(Listener listener)
    {
        if (listener.RuleConditions.IsEmpty)
        {
            return [Values("path-pattern", ["*"])];
        }

        return listener.RuleConditions
            .GroupBy(c => c.Type, c => c.Value, StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => Condition(g.Key, [.. g.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]));
    }

    private static JsonObject Condition(string type, string[] values) => type switch
    {
        "http-request-method" => Config(type, "HttpRequestMethodConfig", Cfn.Strings(values)),
        "source-ip" => Config(type, "SourceIpConfig", Cfn.Strings(values)),
        _ => Values(type, values),
    };

    private static JsonObject Values(string type, string[] values) => new() { ["Field"] = type, ["Values"] = Cfn.Strings(values) };

    private static JsonObject Config(string type, string property, JsonArray values) =>
        new() { ["Field"] = type, [property] = new JsonObject { ["Values"] = values } };
}
