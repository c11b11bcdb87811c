using Amazon.ECS;
using Amazon.ECS.Model;
using Barcelona.GitOps.Core.Reports;
using EcsTask = Amazon.ECS.Model.Task;

namespace Barcelona.GitOps.Aws.Failures;

/// <summary>
/// Finds the first task of a release that did not stay up. By family and not by service, because a rolled-back creation has taken the
/// service away by then, while ECS keeps stopped tasks for an hour.
/// </summary>
internal static class StoppedTasks
{
    private const string StartedByService = "ecs-svc/";

    /// <param name="taskDefinitionArn">Empty: the release failed before it had one.</param>
    public static async Task<StoppedTask?> FirstAsync(
        AwsSession session, string cluster, string taskDefinitionArn, OperationEvents operation, CancellationToken cancellationToken)
    {
        if (taskDefinitionArn.Length == 0)
        {
            return null;
        }

        var list = new ListTasksRequest { Cluster = cluster, Family = FamilyOf(taskDefinitionArn), DesiredStatus = DesiredStatus.STOPPED };
        List<EcsTask> failed = [];
        do
        {
            var page = await session.Ecs.ListTasksAsync(list, cancellationToken).Translated(cancellationToken);
            if (page.TaskArns is { Count: > 0 } arns)
            {
                var describe = new DescribeTasksRequest { Cluster = cluster, Tasks = arns };
                var described = await session.Ecs.DescribeTasksAsync(describe, cancellationToken).Translated(cancellationToken);
                failed.AddRange((described.Tasks ?? [])
                    .Where(t => t.TaskDefinitionArn == taskDefinitionArn && !operation.IsBefore(t.CreatedAt))
                    .Where(t => IsOfService(t) && StoppedByItself(t)));
            }

            list.NextToken = page.NextToken;
        }
        while (!string.IsNullOrEmpty(list.NextToken));

        return failed.MinBy(t => t.StoppedAt ?? t.StoppingAt ?? t.CreatedAt ?? DateTime.MaxValue) is { } first ? Fact(first) : null;
    }

    // One-offs run the same task definitions.
    private static bool IsOfService(EcsTask task) => task.StartedBy?.StartsWith(StartedByService, StringComparison.Ordinal) == true;

    /// <summary>
    /// Not a task that ECS took away because the deployment was given up; but one that it took away for failing a health check.
    /// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html
    /// </summary>
    private static bool StoppedByItself(EcsTask task) =>
        task.StopCode != TaskStopCode.ServiceSchedulerInitiated || task.StoppedReason?.Contains("failed", StringComparison.OrdinalIgnoreCase) == true;

    internal static StoppedTask Fact(EcsTask task) => new(
        task.TaskArn,
        task.StopCode?.Value ?? "",
        task.StoppedReason ?? "",
        [.. (task.Containers ?? []).Select(c => new StoppedContainer(c.Name, c.ExitCode, c.Reason ?? ""))]);

    // arn:aws:ecs:region:account:task-definition/family:revision
    private static string FamilyOf(string taskDefinitionArn)
    {
        var name = taskDefinitionArn[(taskDefinitionArn.LastIndexOf('/') + 1)..];
        return name.Split(':')[0];
    }
}
