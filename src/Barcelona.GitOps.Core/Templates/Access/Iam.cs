using System.Text.Json.Nodes;
using Barcelona.GitOps.Core.Districts;

namespace Barcelona.GitOps.Core.Templates.Access;

/// <summary>The pieces of policies and roles. Every role is below the district's path and within the boundary that the district names.</summary>
internal static class Iam
{
    public const string DistrictTag = "aws:ResourceTag/" + StackKeys.DistrictTag;

    public static string PathOf(string district) => $"/barcelona/{district}/";

    public static JsonObject Role(District district, JsonObject trust, params JsonNode[] policies)
    {
        var properties = new JsonObject
        {
            ["Path"] = PathOf(district.Name),
            ["AssumeRolePolicyDocument"] = Document(trust),
            ["Policies"] = new JsonArray(policies),
        };
        if (district.PermissionsBoundary is { } boundary)
        {
            properties["PermissionsBoundary"] = boundary;
        }

        return Cfn.Resource("AWS::IAM::Role", properties);
    }

    public static JsonObject Trust(string service) => new()
    {
        ["Effect"] = "Allow",
        ["Principal"] = new JsonObject { ["Service"] = service },
        ["Action"] = "sts:AssumeRole",
    };

    public static JsonObject Policy(string name, params JsonNode[] statements) =>
        new() { ["PolicyName"] = name, ["PolicyDocument"] = Document(statements) };

    public static JsonObject Document(params JsonNode[] statements) =>
        new() { ["Version"] = "2012-10-17", ["Statement"] = new JsonArray(statements) };

    public static JsonObject Allow(IEnumerable<string> actions, params JsonNode[] resources) => new()
    {
        ["Effect"] = "Allow",
        ["Action"] = Cfn.Strings(actions),
        ["Resource"] = resources.Length == 1 ? resources[0] : new JsonArray(resources),
    };

    public static JsonObject If(this JsonObject statement, string test, string key, params string[] values) =>
        statement.If(test, key, values.Length == 1 ? (JsonNode)values[0] : Cfn.Strings(values));

    public static JsonObject If(this JsonObject statement, string test, string key, JsonNode value)
    {
        if (statement["Condition"] is not JsonObject conditions)
        {
            statement["Condition"] = conditions = [];
        }

        if (conditions[test] is not JsonObject keys)
        {
            conditions[test] = keys = [];
        }

        keys[key] = value;
        return statement;
    }

    /// <summary>Only what has the district's tag, which CloudFormation copies from the stack to all that can be tagged.</summary>
    public static JsonObject IfOf(this JsonObject statement, string district) => statement.If("StringEquals", DistrictTag, district);

    /// <summary><c>ec2:CreateVpc</c>, … from the service and the names of its actions.</summary>
    public static IEnumerable<string> Actions(string service, params IEnumerable<string> names) => names.Select(n => $"{service}:{n}");
}
