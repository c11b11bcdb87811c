using System.Text.Json.Nodes;
using Barcelona.GitOps.Core.Districts;

namespace Barcelona.GitOps.Core.Templates.Access.Grants;

/// <summary>Where a district's role may act: one account, one region, and what has the district's names, path or tag.</summary>
internal sealed class GrantScope(District district)
{
    public District District => district;

    public string Name => district.Name;

    /// <summary>The role's stack may lie in any region, so the district's is spelt out.</summary>
    public JsonObject Arn(string service, string resource) =>
        Cfn.Sub($"arn:${{AWS::Partition}}:{service}:{district.Region}:${{AWS::AccountId}}:{resource}");

    /// <summary>Of a service without regions.</summary>
    public static JsonObject GlobalArn(string service, string resource) =>
        Cfn.Sub($"arn:${{AWS::Partition}}:{service}::${{AWS::AccountId}}:{resource}");

    /// <summary>For actions that take no resource.</summary>
    public JsonObject Anywhere(IEnumerable<string> actions) => Iam.Allow(actions, "*").If("StringEquals", "aws:RequestedRegion", district.Region);

    /// <summary>Only things that already are the district's.</summary>
    public JsonObject Ours(IEnumerable<string> actions, params JsonNode[] resources) => Iam.Allow(actions, resources).IfOf(Name);

    /// <summary>
    /// Gives the district's tag to what has none, never to another district's. Not bound to the moment of creation: not all of CloudFormation's
    /// handlers tag in the same call.
    /// </summary>
    public JsonObject Tagging(string action, params JsonNode[] resources) => Iam.Allow([action], resources)
        .If("StringEquals", $"aws:RequestTag/{StackKeys.DistrictTag}", Name)
        .If("StringEqualsIfExists", Iam.DistrictTag, Name);
}
