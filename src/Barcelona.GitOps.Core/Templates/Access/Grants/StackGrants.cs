using System.Text.Json.Nodes;

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
    ];
}
