using System.Text.Json.Nodes;
using Barcelona.GitOps.Core.Districts;
using Barcelona.GitOps.Core.Templates.Tasks;

namespace Barcelona.GitOps.Core.Templates.Access;

/// <summary>
/// The role that the application has and the role that starts its tasks, each with the least it needs.
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html
/// </summary>
internal sealed class HeritageRoles(District district, string image)
{
    private const string Service = "ecs-tasks.amazonaws.com";
    private const string AccountArn = "${AWS::Region}:${AWS::AccountId}";

    /// <summary>The application's own: nothing but the channel of ECS Exec, which knows no resource to be limited to.</summary>
    public JsonObject TaskRole() => Iam.Role(district, TrustWithinAccount(), Iam.Policy("exec", Iam.Allow(SessionAccess.Channels(), "*")));

    /// <summary>What ECS itself uses to start a task: pull the image, read the secrets of the district, write the first log line.</summary>
    public JsonObject ExecutionRole() => Iam.Role(
        district,
        Iam.Trust(Service),
        Iam.Policy("image", Iam.Allow(["ecr:GetAuthorizationToken"], "*"), Iam.Allow(
            ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"], [.. Repositories()])),
        Iam.Policy("logs", Iam.Allow(["logs:CreateLogStream", "logs:PutLogEvents"], Cfn.GetAtt("LogGroup", "Arn"))),
        Iam.Policy("secrets",
            Iam.Allow(["ssm:GetParameters"], Cfn.Sub($"arn:${{AWS::Partition}}:ssm:{AccountArn}:parameter/barcelona/{district.Name}/*")),
            Iam.Allow(
                ["secretsmanager:GetSecretValue"],
                Cfn.Sub($"arn:${{AWS::Partition}}:secretsmanager:{AccountArn}:secret:barcelona/{district.Name}/*"))));

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

    /// <summary>
    /// Another account's tasks must not get this role through ECS: the confused deputy.
    /// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
    /// </summary>
    private static JsonObject TrustWithinAccount()
    {
        var trust = Iam.Trust(Service);
        trust["Condition"] = new JsonObject { ["StringEquals"] = new JsonObject { ["aws:SourceAccount"] = Cfn.Ref("AWS::AccountId") } };
        return trust;
    }
}
