using System.Text.Json.Nodes;
using Barcelona.GitOps.Core.Templates.Tasks;

namespace Barcelona.GitOps.Core.Templates.Access.Grants;

/// <summary>What the service itself asks AWS: stacks, task definitions, rollouts, and what a failure looked like.</summary>
internal static class StackGrants
{
    public static IEnumerable<JsonObject> Of(GrantScope scope) =>
    [
        Iam.Allow(
            Iam.Actions("cloudformation", "CancelUpdateStack", "ContinueUpdateRollback", "CreateStack", "DeleteStack", "DescribeStackEvents",
                "DescribeStackResources", "GetTemplate", "ListStackResources", "TagResource", "UntagResource", "UpdateStack"),
            [.. DistrictNames.Stacks(scope.Name).Select(s => scope.Arn("cloudformation", $"stack/{s}/*"))]),

        // Whose stacks still live in a district is read from the list of all: without a name, these are asked of every stack.
        scope.Anywhere(Iam.Actions("cloudformation", "DescribeStacks", "ListStacks")),
        Iam.Allow(
            ["secretsmanager:DescribeSecret", "secretsmanager:ListSecretVersionIds"],
            scope.Arn("secretsmanager", $"secret:barcelona/{scope.Name}/*")),
        Iam.Allow(
            ["ssm:GetParameter", "ssm:GetParameters"],
            Cfn.Sub($"arn:${{AWS::Partition}}:ssm:{scope.District.Region}::parameter/aws/service/*")),

        // Descriptions of parameters and of task definitions know no resource; neither shows a value of a secret.
        scope.Anywhere(
            ["ecs:DescribeTaskDefinition", "ecs:ListTaskDefinitions", "ssm:DescribeParameters"]),
        Iam.Allow(
            ["ecs:RegisterTaskDefinition", "ecs:TagResource"], scope.Arn("ecs", $"task-definition/{scope.Name}--*:*")),
        Iam.Allow(
            Iam.Actions("logs", "CreateLogGroup", "DeleteLogGroup", "DescribeLogStreams", "FilterLogEvents", "GetDataProtectionPolicy",
                "GetLogEvents", "ListTagsForResource", "PutRetentionPolicy", "DeleteRetentionPolicy", "TagResource", "UntagResource"),
            scope.Arn("logs", $"log-group:/barcelona/{scope.Name}/*")),
        scope.Anywhere(["logs:DescribeLogGroups"]),

        // Images are looked up before they are deployed, in whatever account and region they lie.
        Iam.Allow(["ecr:GetAuthorizationToken"], "*"),
        Iam.Allow(["ecr:BatchGetImage"], Cfn.Sub("arn:${AWS::Partition}:ecr:*:*:repository/*")),
        .. SecretValues(scope),
    ];

    /// <summary>The only secrets whose value the service reads: those with which registries are asked, and where notifications go.</summary>
    private static IEnumerable<JsonObject> SecretValues(GrantScope scope)
    {
        var notified = scope.District.Notifications.Select(n => n.Secret?.Split('#')[0]).OfType<string>();
        var secrets = scope.District.Registries.Values.Concat(notified).Distinct(StringComparer.Ordinal)
            .Select(path => (JsonNode)scope.Arn("secretsmanager", $"secret:{RegistryCredentials.NameOf(scope.District, path)}-??????")).ToArray();
        return secrets.Length > 0 ? [Iam.Allow(["secretsmanager:GetSecretValue"], secrets)] : [];
    }
}
