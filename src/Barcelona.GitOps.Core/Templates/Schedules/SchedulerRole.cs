using System.Text.Json.Nodes;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Templates.Access;

namespace Barcelona.GitOps.Core.Templates.Schedules;

/// <summary>
/// What EventBridge Scheduler may do for one heritage: run its tasks in its cluster, hand them their two roles, and write down what failed.
/// https://docs.aws.amazon.com/scheduler/latest/UserGuide/setting-up.html#setting-up-execution-role
/// </summary>
internal static class SchedulerRole
{
    public static JsonObject Of(ReleaseShape release)
    {
        var statements = new List<JsonNode>
        {
            Iam.Allow(["ecs:RunTask"], [.. TaskDefinitions(release)]).If("ArnEquals", "ecs:cluster", ScheduleResources.ClusterArn()),
            PassRole(Cfn.Ref(StackKeys.TaskRoleOutput), Cfn.Ref(StackKeys.ExecutionRoleOutput)),
            Iam.Allow(["ecs:TagResource"], Arn($"task/${{{StackKeys.ClusterParameter}}}/*")).If("StringEquals", "ecs:CreateAction", "RunTask"),
            Iam.Allow(["sqs:SendMessage"], Cfn.GetAtt(ScheduleResources.DeadLetters, "Arn")),
        };
        if (release.Schedules.Any(s => s.External is not null))
        {
            // Whose roles those are is not known here: the district's, at most.
            statements.Add(PassRole(
                Cfn.Sub($"arn:${{AWS::Partition}}:iam::${{AWS::AccountId}}:role{Iam.PathOf(release.Inputs.District.Name)}*")));
        }

        var (district, heritage) = (release.Inputs.District, release.Inputs.Environment.Name.Value);
        return Iam.Role(district, Trust(ScheduleGroups.NameOf(district.Name, heritage)), Iam.Policy("schedules", [.. statements]));
    }

    /// <summary>By family, all revisions; one pattern for our own, because a policy's length is limited, and tasks may be many.</summary>
    private static IEnumerable<JsonNode> TaskDefinitions(ReleaseShape release)
    {
        var own = TaskFamily.PatternOf(release.Inputs.District.Name, release.Inputs.Environment.Name.Value);
        return release.Schedules.Select(s => s.External?.Split(':')[0] ?? own)
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(family => Arn($"task-definition/{family}:*"));
    }

    private static JsonObject PassRole(params JsonNode[] roles) =>
        Iam.Allow(["iam:PassRole"], roles).If("StringEquals", "iam:PassedToService", "ecs-tasks.amazonaws.com");

    /// <summary>
    /// For this group alone: the confused deputy. Its ARN is written out, and the role is made beside it.
    /// https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html
    /// </summary>
    private static JsonObject Trust(string group)
    {
        var trust = Iam.Trust("scheduler.amazonaws.com");
        trust["Condition"] = new JsonObject
        {
            ["StringEquals"] = new JsonObject
            {
                ["aws:SourceAccount"] = Cfn.Ref("AWS::AccountId"),
                ["aws:SourceArn"] = Cfn.Sub($"arn:${{AWS::Partition}}:scheduler:${{AWS::Region}}:${{AWS::AccountId}}:schedule-group/{group}"),
            },
        };
        return trust;
    }

    private static JsonObject Arn(string resource) => Cfn.Sub("arn:${AWS::Partition}:ecs:${AWS::Region}:${AWS::AccountId}:" + resource);
}
