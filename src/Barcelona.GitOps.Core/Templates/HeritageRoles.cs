using System.Text.Json.Nodes;
using Barcelona.GitOps.Core.Templates.Tasks;

namespace Barcelona.GitOps.Core.Templates;

/// <summary>
/// The role that the application has and the role that starts its tasks, each with the least it needs.
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html
/// </summary>
internal sealed class HeritageRoles(string district, string image)
{
    private const string AccountArn = "${AWS::Region}:${AWS::AccountId}";

    /// <summary>The application's own: nothing but the channel of ECS Exec, which knows no resource to be limited to.</summary>
    public JsonObject TaskRole() => Role(TrustWithinAccount(), Policy("exec", Allow(
        [
            "ssmmessages:CreateControlChannel", "ssmmessages:CreateDataChannel",
            "ssmmessages:OpenControlChannel", "ssmmessages:OpenDataChannel",
        ],
        "*")));

    /// <summary>What ECS itself uses to start a task: pull the image, read the secrets of the district, write the first log line.</summary>
    public JsonObject ExecutionRole() => Role(
        Trust(),
        Policy("image", Allow(["ecr:GetAuthorizationToken"], "*"), Allow(
            ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"], [.. Repositories()])),
        Policy("logs", Allow(["logs:CreateLogStream", "logs:PutLogEvents"], Cfn.GetAtt("LogGroup", "Arn"))),
        Policy("secrets",
            Allow(["ssm:GetParameters"], Cfn.Sub($"arn:${{AWS::Partition}}:ssm:{AccountArn}:parameter/barcelona/{district}/*")),
            Allow(["secretsmanager:GetSecretValue"], Cfn.Sub($"arn:${{AWS::Partition}}:secretsmanager:{AccountArn}:secret:barcelona/{district}/*"))));

    /// <summary>
    /// All repositories of this account and region, not only today's: a rollback must be able to pull what the release before used.
    /// A repository of another account is named.
    /// </summary>
    private IEnumerable<JsonNode> Repositories()
    {
        yield return Cfn.Sub($"arn:${{AWS::Partition}}:ecr:{AccountArn}:repository/*");
        if (ImageName.Parse(image).Ecr is { } ecr)
        {
            yield return Cfn.Sub($"arn:${{AWS::Partition}}:ecr:{ecr.Region}:{ecr.Account}:repository/{ecr.Repository}");
        }
    }

    private JsonObject Role(JsonObject trust, params JsonNode[] policies) => new()
    {
        ["Type"] = "AWS::IAM::Role",
        ["Properties"] = new JsonObject
        {
            ["Path"] = $"/barcelona/{district}/",
            ["AssumeRolePolicyDocument"] = Document(trust),
            ["Policies"] = new JsonArray(policies),
        },
    };

    /// <summary>
    /// Another account's tasks must not get this role through ECS: the confused deputy.
    /// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
    /// </summary>
    private static JsonObject TrustWithinAccount()
    {
        var trust = Trust();
        trust["Condition"] = new JsonObject { ["StringEquals"] = new JsonObject { ["aws:SourceAccount"] = Cfn.Ref("AWS::AccountId") } };
        return trust;
    }

    private static JsonObject Trust() => new()
    {
        ["Effect"] = "Allow",
        ["Principal"] = new JsonObject { ["Service"] = "ecs-tasks.amazonaws.com" },
        ["Action"] = "sts:AssumeRole",
    };

    private static JsonObject Policy(string name, params JsonNode[] statements) =>
        new() { ["PolicyName"] = name, ["PolicyDocument"] = Document(statements) };

    private static JsonObject Document(params JsonNode[] statements) =>
        new() { ["Version"] = "2012-10-17", ["Statement"] = new JsonArray(statements) };

    private static JsonObject Allow(string[] actions, params JsonNode[] resources) => new()
    {
        ["Effect"] = "Allow",
        ["Action"] = Cfn.Strings(actions),
        ["Resource"] = resources.Length == 1 ? resources[0] : new JsonArray(resources),
    };
}
