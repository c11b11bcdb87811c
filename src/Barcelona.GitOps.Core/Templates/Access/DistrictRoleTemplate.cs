using System.Text.Json.Nodes;
using Barcelona.GitOps.Core.Districts;
using Barcelona.GitOps.Core.Templates.Access.Grants;

namespace Barcelona.GitOps.Core.Templates.Access;

/// <summary>
/// The role that the service assumes for a district, as a template that the account's owner applies by hand, once and after changes of what
/// exists in the district's file. Role and boundary have names, because the file must name them.
/// </summary>
public static class DistrictRoleTemplate
{
    private const string Path = "/barcelona/";
    private const string Boundary = "Boundary";
    private const string BoundarySuffix = "-boundary";
    private const string Role = "Role";
    private const string ServiceParameter = "ServiceRole";
    private const string ExternalIdParameter = "ExternalId";

    /// <summary>IAM's limit for the name of a role.</summary>
    private const int MaxName = 64;

    public static string Of(District district)
    {
        var own = OwnBoundary(district);
        var resources = new JsonObject { [Role] = RoleOf(district) };
        if (own)
        {
            resources[Boundary] = Policy("Bounds every role of the district", BoundaryPolicy.Of(district), RoleName(district) + BoundarySuffix);
        }

        foreach (var (id, statements) in Grants(district, () => own ? Cfn.Ref(Boundary) : district.PermissionsBoundary ?? ""))
        {
            var policy = Policy(id, Iam.Document([.. statements]));
            policy["Properties"]?.AsObject().Add("Roles", new JsonArray(Cfn.Ref(Role)));
            resources[id] = policy;
        }

        return CanonicalJson.Write(Cfn.Template(
            $"Barcelona: the role for district {district.Name}", Parameters(district), resources, Outputs(district, own ? Cfn.Ref(Boundary) : null)));
    }

    /// <summary>By its name, which nothing else should have.</summary>
    public static bool IsRoleOf(District district, string roleArn) => roleArn.EndsWith($":role{Path}{RoleName(district)}", StringComparison.Ordinal);

    /// <summary>The boundary that this template makes beside the role.</summary>
    public static string BoundaryOf(string roleArn) => roleArn.Replace(":role/", ":policy/", StringComparison.Ordinal) + BoundarySuffix;

    /// <summary>The file names no boundary yet, or the one that this template makes.</summary>
    private static bool OwnBoundary(District district) => district.PermissionsBoundary is not { } arn
        || arn.EndsWith($":policy{Path}{RoleName(district)}{BoundarySuffix}", StringComparison.Ordinal);

    private static string RoleName(District district)
    {
        var name = $"barcelona-{district.Name}";
        return name.Length <= MaxName ? name : $"{name[..(MaxName - 9)]}-{Fingerprint.OfContent(name)[..8]}";
    }

    private static JsonObject RoleOf(District district)
    {
        var trust = new JsonObject
        {
            ["Effect"] = "Allow",
            ["Principal"] = new JsonObject { ["AWS"] = Cfn.Ref(ServiceParameter) },
            ["Action"] = new JsonArray("sts:AssumeRole", "sts:TagSession"),
            ["Condition"] = new JsonObject { ["StringEquals"] = new JsonObject { ["sts:ExternalId"] = Cfn.Ref(ExternalIdParameter) } },
        };
        return Cfn.Resource("AWS::IAM::Role", new()
        {
            ["RoleName"] = RoleName(district),
            ["Path"] = Path,
            ["Description"] = $"Barcelona in district {district.Name}",
            ["AssumeRolePolicyDocument"] = Iam.Document(trust),
        });
    }

    /// <summary>A policy holds 6,144 characters, so that every subject has its own.</summary>
    private static IEnumerable<(string Id, IEnumerable<JsonObject> Statements)> Grants(District district, Func<JsonNode> boundary)
    {
        var scope = new GrantScope(district);
        yield return ("Stacks", StackGrants.Of(scope));
        yield return ("Network", NetworkGrants.Of(scope));
        yield return ("Clusters", [.. ClusterGrants.Of(scope), .. ClusterGrants.OfGroups(scope)]);
        yield return ("Scaling", ScalingGrants.Of(scope));
        yield return ("Balancers", EdgeGrants.OfBalancers(scope));
        yield return ("Names", EdgeGrants.OfNames(scope));
        yield return ("Storage", StorageGrants.Of(scope));
        yield return ("Schedules", ScheduleGrants.Of(scope));
        yield return ("Roles", RoleGrants.Of(scope, boundary));
    }

    private static JsonObject Policy(string description, JsonObject document, string? name = null)
    {
        var properties = new JsonObject { ["Path"] = Path, ["Description"] = description, ["PolicyDocument"] = document };
        if (name is not null)
        {
            properties["ManagedPolicyName"] = name;
        }

        return Cfn.Resource("AWS::IAM::ManagedPolicy", properties);
    }

    private static JsonObject Parameters(District district)
    {
        var service = Cfn.Parameter("String", "ARN of the role, or user, that the service runs as");
        service["AllowedPattern"] = "arn:aws[a-z-]*:iam::[0-9]{12}:(role|user)/.+";
        var external = Cfn.Parameter("String", "Shared with the service, by external_id in the district's file; any long random text");
        external["AllowedPattern"] = "[A-Za-z0-9+=,.@:/_-]{2,1224}";
        if (district.Role?.ExternalId is { } id)
        {
            external["Default"] = id;
        }

        return new() { [ServiceParameter] = service, [ExternalIdParameter] = external };
    }

    private static JsonObject Outputs(District district, JsonNode? boundary)
    {
        var file = $"districts/{district.Name}.yml";
        var outputs = new JsonObject
        {
            ["RoleArn"] = Described($"In {file}: role", Cfn.GetAtt(Role, "Arn")),
            ["ExternalId"] = Described($"In {file}: external_id", Cfn.Ref(ExternalIdParameter)),
        };
        if (boundary is not null)
        {
            outputs["PermissionsBoundary"] = Described($"In {file}: permissions_boundary", boundary);
        }

        return outputs;
    }

    private static JsonObject Described(string description, JsonNode value) => new() { ["Description"] = description, ["Value"] = value };
}
