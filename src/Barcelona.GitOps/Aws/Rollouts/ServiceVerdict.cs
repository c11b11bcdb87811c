using Amazon.ECS;
using Amazon.ECS.Model;
using Barcelona.GitOps.Core.Planning;

namespace Barcelona.GitOps.Aws.Rollouts;

/// <summary>
/// Reads one service's <c>deployments[]</c>. The primary one is what ECS works towards: a roll-back by the circuit breaker is a new
/// primary deployment with the old task definition, so that "steady state" alone says nothing about this release.
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html
/// </summary>
internal static class ServiceVerdict
{
    public static ServiceRollout Of(Service service, string expected, StackStatus stack)
    {
        if (service.Status is not "ACTIVE")
        {
            return new ServiceRollout.Missing();
        }

        var deployments = service.Deployments ?? [];
        var primary = deployments.FirstOrDefault(d => d.Status == "PRIMARY");
        if (primary is null)
        {
            return new ServiceRollout.InProgress(service.RunningCount ?? 0, service.DesiredCount ?? 0, Failed: 0);
        }

        return primary.TaskDefinition == expected
            ? OfExpected(primary, deployments)
            : OfOther(primary, deployments.FirstOrDefault(d => d.TaskDefinition == expected), stack);
    }

    private static ServiceRollout OfExpected(Deployment primary, List<Deployment> all)
    {
        var running = primary.RunningCount ?? 0;
        var desired = primary.DesiredCount ?? 0;
        if (primary.RolloutState == DeploymentRolloutState.FAILED)
        {
            return new ServiceRollout.RolledBack(ReasonOf(primary), primary.TaskDefinition);
        }

        // Completed, and nothing of another release is left. Deployment controllers other than ECS's own give no state: there, counts decide.
        var othersGone = all.All(d => d == primary || d.RunningCount is null or 0);
        var completed = primary.RolloutState is { } state ? state == DeploymentRolloutState.COMPLETED : running == desired && all.Count == 1;
        return completed && othersGone
            ? new ServiceRollout.Converged(running)
            : new ServiceRollout.InProgress(running, desired, primary.FailedTasks ?? 0);
    }

    private static ServiceRollout OfOther(Deployment primary, Deployment? expected, StackStatus stack)
    {
        if (expected?.RolloutState == DeploymentRolloutState.FAILED)
        {
            return new ServiceRollout.RolledBack(ReasonOf(expected), primary.TaskDefinition);
        }

        if (primary.RolloutStateReason?.Contains("rolling back", StringComparison.OrdinalIgnoreCase) == true)
        {
            return new ServiceRollout.RolledBack(ReasonOf(primary), primary.TaskDefinition);
        }

        return stack switch
        {
            StackStatus.UpdateRollbackInProgress or StackStatus.UpdateRollbackComplete or StackStatus.UpdateRollbackFailed
                or StackStatus.UpdateRollbackCompleteCleanupInProgress or StackStatus.RollbackInProgress or StackStatus.RollbackComplete
                or StackStatus.RollbackFailed or StackStatus.UpdateFailed =>
                new ServiceRollout.RolledBack("CloudFormation put the service back", primary.TaskDefinition),

            // Its turn has not come, or a newer deployment of the expected one is about to appear.
            StackStatus.CreateInProgress or StackStatus.UpdateInProgress =>
                new ServiceRollout.InProgress(0, primary.DesiredCount ?? 0, Failed: 0),
            _ => new ServiceRollout.Overwritten(primary.TaskDefinition),
        };
    }

    private static string ReasonOf(Deployment deployment) =>
        string.IsNullOrWhiteSpace(deployment.RolloutStateReason) ? "the deployment failed" : deployment.RolloutStateReason;
}
