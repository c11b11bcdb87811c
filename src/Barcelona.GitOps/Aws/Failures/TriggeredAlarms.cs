using System.Collections.Immutable;
using Amazon.ECS;
using Amazon.ECS.Model;

namespace Barcelona.GitOps.Aws.Failures;

/// <summary>
/// The alarms that ended a release's deployment. Which deployment was this release's is said by the task definition of its revision: an older one may
/// have been ended by an alarm as well. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-alarm-failure.html
/// </summary>
internal static class TriggeredAlarms
{
    /// <summary>A roll-back is a part of the deployment that failed; nothing else comes after it before it is judged.</summary>
    private const int Newest = 5;

    public static async Task<ImmutableArray<string>> ReadAsync(
        AwsSession session, Service service, string taskDefinitionArn, OperationEvents operation, CancellationToken cancellationToken)
    {
        var list = new ListServiceDeploymentsRequest { Cluster = service.ClusterArn, Service = service.ServiceArn, MaxResults = Newest };
        var listed = await session.Ecs.ListServiceDeploymentsAsync(list, cancellationToken).Translated(cancellationToken);
        if (listed.ServiceDeployments is not { Count: > 0 } brief)
        {
            return [];
        }

        var describe = new DescribeServiceDeploymentsRequest { ServiceDeploymentArns = [.. brief.Select(d => d.ServiceDeploymentArn)] };
        var described = await session.Ecs.DescribeServiceDeploymentsAsync(describe, cancellationToken).Translated(cancellationToken);
        var deployments = (described.ServiceDeployments ?? [])
            .Where(d => !operation.IsBefore(d.CreatedAt)).OrderByDescending(d => d.CreatedAt).ToList();
        if (!deployments.Any(IsTriggered))
        {
            return [];
        }

        var targets = new DescribeServiceRevisionsRequest
        {
            ServiceRevisionArns = [.. deployments.Select(d => d.TargetServiceRevision?.Arn).OfType<string>().Distinct()],
        };
        var revisions = await session.Ecs.DescribeServiceRevisionsAsync(targets, cancellationToken).Translated(cancellationToken);
        var ours = (revisions.ServiceRevisions ?? []).Where(r => r.TaskDefinition == taskDefinitionArn)
            .Select(r => r.ServiceRevisionArn).ToHashSet(StringComparer.Ordinal);
        return deployments.FirstOrDefault(d => d.TargetServiceRevision is { Arn: { } arn } && ours.Contains(arn)) is { } own && IsTriggered(own)
            ? [.. own.Alarms.TriggeredAlarmNames ?? []]
            : [];
    }

    private static bool IsTriggered(ServiceDeployment deployment) =>
        deployment.Alarms?.Status == ServiceDeploymentRollbackMonitorsStatus.TRIGGERED;
}
