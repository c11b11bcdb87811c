using System.Collections.Immutable;
using Amazon.ECS;
using Amazon.ECS.Model;
using Barcelona.GitOps.Core.Reports;
using Barcelona.GitOps.Core.Reports.Failures;
using EcsTask = Amazon.ECS.Model.Task;

namespace Barcelona.GitOps.Aws.Failures;

/// <summary>
/// Finds the tasks of a release that did not stay up. By family and not by service, because a rolled-back creation has taken the
/// service away by then, while ECS keeps stopped tasks for an hour.
/// </summary>
internal static class StoppedTasks
{
    private const string StartedByService = "ecs-svc/";

    /// <summary>The one that says most; among those that say as much, the first.</summary>
    /// <param name="taskDefinitionArn">Empty: the release failed before it had one.</param>
    public static async Task<StoppedTask?> FirstAsync(
        AwsSession session, string cluster, string taskDefinitionArn, OperationEvents operation, CancellationToken cancellationToken)
    {
        if (taskDefinitionArn.Length == 0)
        {
            return null;
        }

        var lost = (await ListAsync(session, cluster, (taskDefinitionArn, DesiredStatus.STOPPED), cancellationToken))
            .Where(t => !operation.IsBefore(t.CreatedAt) && IsLost(t));
        return Told(lost) is [var first, ..] ? first : null;
    }

    /// <summary>What says most comes first, then what was first.</summary>
    internal static ImmutableArray<StoppedTask> Told(IEnumerable<EcsTask> lost) =>
    [
        .. lost.Select(t => (At: t.StoppedAt ?? t.StoppingAt ?? t.CreatedAt ?? DateTime.MaxValue, Fact: Fact(t)))
            .OrderByDescending(t => StopKinds.Of(t.Fact)).ThenBy(t => t.At).Select(t => t.Fact),
    ];

    /// <summary>All of one revision, one call for a hundred and one more to describe them.</summary>
    internal static async Task<List<EcsTask>> ListAsync(
        AwsSession session, string cluster, (string TaskDefinitionArn, DesiredStatus Status) wanted, CancellationToken cancellationToken)
    {
        var list = new ListTasksRequest { Cluster = cluster, Family = FamilyOf(wanted.TaskDefinitionArn), DesiredStatus = wanted.Status };
        List<EcsTask> found = [];
        do
        {
            var page = await session.Ecs.ListTasksAsync(list, cancellationToken).Translated(cancellationToken);
            if (page.TaskArns is { Count: > 0 } arns)
            {
                var describe = new DescribeTasksRequest { Cluster = cluster, Tasks = arns };
                var described = await session.Ecs.DescribeTasksAsync(describe, cancellationToken).Translated(cancellationToken);
                found.AddRange((described.Tasks ?? []).Where(t => t.TaskDefinitionArn == wanted.TaskDefinitionArn));
            }

            list.NextToken = page.NextToken;
        }
        while (!string.IsNullOrEmpty(list.NextToken));

        return found;
    }

    /// <summary>One-offs run the same task definitions.</summary>
    internal static bool IsLost(EcsTask task) =>
        task.StartedBy?.StartsWith(StartedByService, StringComparison.Ordinal) == true && StoppedByItself(task);

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
