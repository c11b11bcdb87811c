using System.Collections.Immutable;
using Amazon.ECS;
using Amazon.ECS.Model;

namespace Barcelona.GitOps.Aws.Rollouts;

/// <summary>
/// The verdict of a release: which task definition runs, from DescribeServices. One call for ten services, one more while the stack
/// has no outputs yet. Service deployments only lengthen the reason of a failure.
/// </summary>
public sealed class DeploymentWatcher
{
    public async Task<RolloutReading> ReadAsync(AwsSession session, ExpectedRollout expected, CancellationToken cancellationToken)
    {
        if (expected.Services.IsEmpty)
        {
            return new RolloutReading([]);
        }

        var arns = await StackServices.ArnsAsync(session, expected, cancellationToken);
        var described = await StackServices.DescribeAsync(session, expected.Cluster, [.. arns.Values], cancellationToken);
        var readings = ImmutableArray.CreateBuilder<ServiceReading>(expected.Services.Length);
        foreach (var wanted in expected.Services)
        {
            var arn = arns.GetValueOrDefault(wanted.LogicalId);
            var service = arn is null ? null : described.FirstOrDefault(s => s.ServiceArn == arn || s.ServiceName == arn);
            readings.Add(await ReadAsync(session, expected, new(wanted, arn, service), cancellationToken));
        }

        return new RolloutReading(readings.MoveToImmutable());
    }

    private static async Task<ServiceReading> ReadAsync(AwsSession session, ExpectedRollout expected, Pair pair, CancellationToken cancellationToken)
    {
        if (pair.Found is not { } service)
        {
            return new ServiceReading(pair.Wanted, pair.Arn, DeploymentId: null, NotMade(expected));
        }

        var ours = (service.Deployments ?? []).FirstOrDefault(d => d.TaskDefinition == pair.Wanted.TaskDefinitionArn);
        var state = ServiceVerdict.Of(service, pair.Wanted.TaskDefinitionArn, expected.Stack.Status);
        if (state is ServiceRollout.RolledBack rolledBack && await DetailAsync(session, service, cancellationToken) is { } detail)
        {
            state = rolledBack with { Reason = $"{rolledBack.Reason}: {detail}" };
        }

        return new ServiceReading(pair.Wanted, service.ServiceArn, ours?.Id, state)
        {
            DeploymentBegunAt = ours?.CreatedAt?.ToUniversalTime(),
            MayHaveLostTasks = ours is not null && StartedTasks.MoreThanWanted(service, ours),
        };
    }

    // While CloudFormation is at work the service may still come.
    private static ServiceRollout NotMade(ExpectedRollout expected) =>
        expected.Stack.Status is Core.Planning.StackStatus.CreateInProgress or Core.Planning.StackStatus.UpdateInProgress
            ? new ServiceRollout.InProgress(0, 0, Failed: 0)
            : new ServiceRollout.Missing();

    private static async Task<string?> DetailAsync(AwsSession session, Service service, CancellationToken cancellationToken)
    {
        try
        {
            var request = new ListServiceDeploymentsRequest { Cluster = service.ClusterArn, Service = service.ServiceArn, MaxResults = 1 };
            var response = await session.Ecs.ListServiceDeploymentsAsync(request, cancellationToken).Translated(cancellationToken);
            return (response.ServiceDeployments ?? []) is [{ StatusReason: { Length: > 0 } reason }, ..] ? reason : null;
        }
        catch (Exception e) when (e is AmazonECSException or AwsUnavailableException or AwsDeniedException)
        {
            // Said in fewer words, then: what decides is already known.
            return null;
        }
    }

    private sealed record Pair(ExpectedService Wanted, string? Arn, Service? Found);
}
