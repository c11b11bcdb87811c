using System.Text.Json.Nodes;

namespace Barcelona.GitOps.Core.Templates.Access.Grants;

/// <summary>
/// IAM, below the district's path only. No role without the boundary, and nothing takes it off again: no role made with these rights can do
/// more than the boundary holds. The teams' policies are not bound: IAM has no condition on what a policy says, and whoever has these rights can
/// let the teams that an owner attached them to do more. https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
/// </summary>
internal static class RoleGrants
{
    private static readonly string[] Services = ["autoscaling", "ecs", "ecs.application-autoscaling", "elasticloadbalancing"];

    public static IEnumerable<JsonObject> Of(GrantScope scope, Func<JsonNode> boundary)
    {
        JsonNode Roles() => GrantScope.GlobalArn("iam", "role" + Iam.PathOf(scope.Name) + "*");
        var bounded = Iam.Allow(Iam.Actions("iam", "AttachRolePolicy", "CreateRole", "PutRolePermissionsBoundary", "PutRolePolicy"), Roles());
        bounded["Condition"] = new JsonObject { ["StringEquals"] = new JsonObject { ["iam:PermissionsBoundary"] = boundary() } };
        yield return bounded;
        yield return Iam.Allow(
            Iam.Actions("iam", "DeleteRole", "DeleteRolePolicy", "DetachRolePolicy", "GetRole", "GetRolePolicy", "ListAttachedRolePolicies",
                "ListInstanceProfilesForRole", "ListRolePolicies", "ListRoleTags", "TagRole", "UntagRole", "UpdateAssumeRolePolicy", "UpdateRole",
                "UpdateRoleDescription"),
            Roles());
        yield return Iam.Allow(["iam:PassRole"], Roles())
            .If("StringEquals", "iam:PassedToService", "ec2.amazonaws.com", "ecs-tasks.amazonaws.com");
        yield return Iam.Allow(
            Iam.Actions("iam", "AddRoleToInstanceProfile", "CreateInstanceProfile", "DeleteInstanceProfile", "GetInstanceProfile",
                "RemoveRoleFromInstanceProfile", "TagInstanceProfile", "UntagInstanceProfile"),
            GrantScope.GlobalArn("iam", "instance-profile" + Iam.PathOf(scope.Name) + "*"));
        yield return Iam.Allow(
            Iam.Actions("iam", "CreatePolicy", "CreatePolicyVersion", "DeletePolicy", "DeletePolicyVersion", "GetPolicy", "GetPolicyVersion",
                "ListEntitiesForPolicy", "ListPolicyTags", "ListPolicyVersions", "TagPolicy", "UntagPolicy"),
            GrantScope.GlobalArn("iam", "policy" + Iam.PathOf(scope.Name) + "*"));

        // The first cluster, group, balancer or scaled service of an account makes the role by which its service works.
        yield return Iam.Allow(
            ["iam:CreateServiceLinkedRole"], [.. Services.Select(s => GrantScope.GlobalArn("iam", $"role/aws-service-role/{s}.amazonaws.com/*"))])
            .If("StringEquals", "iam:AWSServiceName", [.. Services.Select(s => s + ".amazonaws.com")]);
    }
}
