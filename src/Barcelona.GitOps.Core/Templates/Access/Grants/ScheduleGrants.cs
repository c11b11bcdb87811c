using System.Text.Json.Nodes;
using Barcelona.GitOps.Core.Districts;
using Barcelona.GitOps.Core.Templates.Districts.Instances;
using Barcelona.GitOps.Core.Templates.Schedules;

namespace Barcelona.GitOps.Core.Templates.Access.Grants;

/// <summary>EventBridge Scheduler and the queues of what it could not start.</summary>
internal static class ScheduleGrants
{
    public static IEnumerable<JsonObject> Of(GrantScope scope)
    {
        var groups = ScheduleGroups.PatternOf(scope.Name);
        yield return Iam.Allow(
            Iam.Actions("scheduler", "CreateSchedule", "DeleteSchedule", "GetSchedule", "UpdateSchedule"),
            scope.Arn("scheduler", $"schedule/{groups}/*"));
        yield return Iam.Allow(
            Iam.Actions("scheduler", "CreateScheduleGroup", "DeleteScheduleGroup", "GetScheduleGroup", "ListTagsForResource", "TagResource",
                "UntagResource"),
            scope.Arn("scheduler", $"schedule-group/{groups}"));
        yield return Iam.Allow(["iam:PassRole"], Roles(scope)).If("StringEquals", "iam:PassedToService", "scheduler.amazonaws.com");
        yield return Iam.Allow(
            Iam.Actions("sqs", "CreateQueue", "DeleteQueue", "GetQueueAttributes", "GetQueueUrl", "ListQueueTags", "SetQueueAttributes", "TagQueue",
                "UntagQueue"),
            scope.Arn("sqs", DistrictNames.Queues(scope.Name)));
    }

    /// <summary>The most that the scheduler's role of any heritage may hold.</summary>
    public static IEnumerable<JsonObject> OfBoundary(GrantScope scope)
    {
        var cluster = scope.District.Cluster is Cluster.Existing existing ? existing.Name : DistrictNames.Made(scope.Name, ClusterResources.Cluster);
        yield return Iam.Allow(["ecs:RunTask"], scope.Arn("ecs", "task-definition/*"))
            .If("ArnLike", "ecs:cluster", $"arn:*:ecs:{scope.District.Region}:{scope.District.Account}:cluster/{cluster}");
        yield return Iam.Allow(["iam:PassRole"], Roles(scope)).If("StringEquals", "iam:PassedToService", "ecs-tasks.amazonaws.com");
        yield return Iam.Allow(["sqs:SendMessage"], scope.Arn("sqs", DistrictNames.Queues(scope.Name)));
    }

    private static JsonObject Roles(GrantScope scope) => GrantScope.GlobalArn("iam", "role" + Iam.PathOf(scope.Name) + "*");
}
