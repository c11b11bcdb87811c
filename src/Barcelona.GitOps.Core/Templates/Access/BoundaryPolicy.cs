using System.Text.Json.Nodes;
using Barcelona.GitOps.Core.Districts;
using Barcelona.GitOps.Core.Templates.Access.Grants;

namespace Barcelona.GitOps.Core.Templates.Access;

/// <summary>
/// The most that any role made in the district may ever do: what machines need to join and be reached, what tasks need to start, and
/// what starts them on time. An owner who
/// gives applications more than that widens it here: the role that the service has cannot.
/// </summary>
internal static class BoundaryPolicy
{
    public static JsonObject Of(District district)
    {
        var scope = new GrantScope(district);
        return Iam.Document([
            scope.Anywhere([.. SessionAccess.Actions, "ecr:GetAuthorizationToken", "ecs:DiscoverPollEndpoint"]),
            Iam.Allow(Iam.Actions("ecr", "BatchCheckLayerAvailability", "BatchGetImage", "GetDownloadUrlForLayer"), "*"),
            scope.Anywhere(Iam.Actions("ecs", "DeregisterContainerInstance", "Poll", "RegisterContainerInstance", "StartTelemetrySession",
                "SubmitAttachmentStateChanges", "SubmitContainerStateChange", "SubmitTaskStateChange", "TagResource",
                "UpdateContainerInstancesState")),
            Iam.Allow(["logs:CreateLogStream", "logs:PutLogEvents"], scope.Arn("logs", $"log-group:/barcelona/{district.Name}/*")),
            Iam.Allow(["ssm:GetParameters"], scope.Arn("ssm", $"parameter/barcelona/{district.Name}/*")),
            Iam.Allow(["secretsmanager:GetSecretValue"], scope.Arn("secretsmanager", $"secret:barcelona/{district.Name}/*")),
            .. ScheduleGrants.OfBoundary(scope)]);
    }
}
