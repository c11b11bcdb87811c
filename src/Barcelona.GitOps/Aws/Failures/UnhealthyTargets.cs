using System.Collections.Immutable;
using Amazon.ECS.Model;
using Amazon.ElasticLoadBalancingV2;
using Amazon.ElasticLoadBalancingV2.Model;
using Barcelona.GitOps.Core.Reports;

namespace Barcelona.GitOps.Aws.Failures;

/// <summary>The targets of a service that its load balancers do not send requests to, with the load balancer's reason.</summary>
internal static class UnhealthyTargets
{
    public static async Task<ImmutableArray<UnhealthyTarget>> ReadAsync(AwsSession session, Service service, CancellationToken cancellationToken)
    {
        var targets = ImmutableArray.CreateBuilder<UnhealthyTarget>();
        foreach (var arn in (service.LoadBalancers ?? []).Select(l => l.TargetGroupArn).Where(arn => arn is not null).Distinct())
        {
            try
            {
                var request = new DescribeTargetHealthRequest { TargetGroupArn = arn };
                var response = await session.LoadBalancing.DescribeTargetHealthAsync(request, cancellationToken).Translated(cancellationToken);
                targets.AddRange((response.TargetHealthDescriptions ?? []).Where(IsUnhealthy).Select(Fact));
            }
            catch (TargetGroupNotFoundException)
            {
                // Rolled back with its service: there is nothing to tell any more.
            }
        }

        return targets.ToImmutable();
    }

    private static bool IsUnhealthy(TargetHealthDescription target) =>
        target.TargetHealth?.State is { } state && (state == TargetHealthStateEnum.Unhealthy || state == TargetHealthStateEnum.UnhealthyDraining);

    private static UnhealthyTarget Fact(TargetHealthDescription target) => new(
        $"{target.Target.Id}:{target.Target.Port}",
        target.TargetHealth.State.Value,
        target.TargetHealth.Reason?.Value ?? "",
        target.TargetHealth.Description ?? "");
}
