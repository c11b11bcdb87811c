using Amazon.CloudWatchLogs.Model;
using Amazon.ECS;
using Amazon.ECS.Model;
using Barcelona.GitOps.Core.Reports;

namespace Barcelona.GitOps.Aws.Failures;

/// <summary>The last lines of the container that made a task stop, from where its task definition says that it logs to.</summary>
internal static class ContainerLogs
{
    private const int MaxLines = 30;

    /// <returns>Null: the container does not log to CloudWatch. No lines: it wrote none.</returns>
    public static async Task<ContainerLog?> ReadAsync(AwsSession session, string service, FailedTask failed, CancellationToken cancellationToken)
    {
        var described = await session.Ecs.DescribeTaskDefinitionAsync(
            new DescribeTaskDefinitionRequest { TaskDefinition = failed.TaskDefinitionArn }, cancellationToken).Translated(cancellationToken);
        var name = Culprit(failed.Task);
        var container = (described.TaskDefinition.ContainerDefinitions ?? []).FirstOrDefault(c => c.Name == name);
        if (container?.LogConfiguration is not { Options: { } options } log
            || log.LogDriver != LogDriver.Awslogs
            || !options.TryGetValue("awslogs-group", out var group)
            || !options.TryGetValue("awslogs-stream-prefix", out var prefix))
        {
            return null;
        }

        // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specify-log-config.html: prefix/container/task id
        var stream = $"{prefix}/{container.Name}/{failed.Task.TaskArn[(failed.Task.TaskArn.LastIndexOf('/') + 1)..]}";
        try
        {
            var request = new GetLogEventsRequest { LogGroupName = group, LogStreamName = stream, Limit = MaxLines, StartFromHead = false };
            var response = await session.Logs.GetLogEventsAsync(request, cancellationToken).Translated(cancellationToken);
            return new ContainerLog(service, container.Name, group, stream, [.. (response.Events ?? []).Select(e => e.Message ?? "")]);
        }
        catch (Amazon.CloudWatchLogs.Model.ResourceNotFoundException)
        {
            // The stream is made with the first line.
            return new ContainerLog(service, container.Name, group, stream, []);
        }
    }

    private static string? Culprit(StoppedTask task) =>
        (task.Containers.FirstOrDefault(c => c.ExitCode is not null and not 0) ?? task.Containers.FirstOrDefault())?.Name;
}

internal sealed record FailedTask(StoppedTask Task, string TaskDefinitionArn);
