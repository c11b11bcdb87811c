using Amazon.ECS;
using Amazon.Runtime;
using Barcelona.GitOps.Aws.Rollouts;
using Barcelona.GitOps.Core.Reports.Failures;
using EcsTask = Amazon.ECS.Model.Task;

namespace Barcelona.GitOps.Aws.Failures;

/// <summary>
/// Looks for tasks that a release has lost while CloudFormation is still at work on it. A look costs one DescribeServices for ten services, and one
/// ListStackResources while the stack has no outputs for one of them. Only where that shows lost tasks does it also take a ListTasks and a
/// DescribeTasks for a hundred of them, and as much once more before a release is given up.
/// </summary>
public sealed class EarlySigns(DeploymentWatcher watcher, TimeProvider clock)
{
    private static readonly TimeSpan Start = TimeSpan.FromSeconds(10);

    /// <param name="since">Deployments that began before are of an earlier release.</param>
    /// <returns>Null: nothing was lost, or it cannot be read just now. Nobody is failed by a look that nobody needs.</returns>
    public async Task<EarlySign?> LookAsync(AwsSession session, ExpectedRollout expected, DateTimeOffset since, CancellationToken cancellationToken)
    {
        try
        {
            EarlySign? first = null;
            var reading = await watcher.ReadAsync(session, expected, cancellationToken);
            foreach (var service in reading.Services.Where(s => s.DeploymentBegunAt >= since.UtcDateTime))
            {
                var sign = await OfAsync(session, expected.Cluster, service, cancellationToken);
                if (sign is { IsDecisive: true })
                {
                    return sign;
                }

                first ??= sign;
            }

            return first;
        }
        catch (Exception e) when (e is AmazonServiceException or AwsUnavailableException or AwsDeniedException)
        {
            return null;
        }
    }

    private async Task<EarlySign?> OfAsync(AwsSession session, string cluster, ServiceReading service, CancellationToken cancellationToken)
    {
        // ECS is going back by itself, to tasks that are still there; CloudFormation would start them anew.
        // https://github.com/aws/containers-roadmap/issues/117
        if (service.State is ServiceRollout.RolledBack)
        {
            return new EarlySign(service, IsDecisive: false);
        }

        if (service is not { State: ServiceRollout.InProgress { Desired: var desired }, MayHaveLostTasks: true })
        {
            return null;
        }

        var revision = service.Service.TaskDefinitionArn;
        var stopped = await StoppedTasks.ListAsync(session, cluster, (revision, DesiredStatus.STOPPED), cancellationToken);
        List<EcsTask> lost = [.. stopped.Where(t => t.StartedBy == service.DeploymentId && StoppedTasks.IsLost(t))];
        var told = StoppedTasks.Told(lost).RemoveAll(t => StopKinds.Of(t) == StopKind.FromOutside);
        if (told.IsEmpty)
        {
            return null;
        }

        // With one that has stayed up where others fell, it is not the release alone: then ECS decides.
        var isDecisive = EarlyEnd.IsDue(new(service.Service.Name, desired, told))
            && !(await StoppedTasks.ListAsync(session, cluster, (revision, DesiredStatus.RUNNING), cancellationToken))
                .Any(t => t.StartedBy == service.DeploymentId && Outlived(t, lost));
        return new EarlySign(service, isDecisive);
    }

    private bool Outlived(EcsTask running, List<EcsTask> lost) =>
        running.StartedAt is { } started && clock.GetUtcNow() - started.ToUniversalTime() > (2 * lost.Max(Life)) + Start;

    private static TimeSpan Life(EcsTask task) => (task.StoppingAt ?? task.StoppedAt) - task.StartedAt ?? TimeSpan.Zero;
}

/// <param name="IsDecisive">It will not get there by waiting.</param>
public sealed record EarlySign(ServiceReading Service, bool IsDecisive);
