using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;
using Amazon.ECS.Model;
using Barcelona.GitOps.Core.Planning;
using Barcelona.GitOps.Core.Templates;

namespace Barcelona.GitOps.Aws.Rollouts;

/// <summary>Finds the services that an app stack made: in its outputs, or among its resources while it has none yet.</summary>
internal static class StackServices
{
    private const string ServiceType = "AWS::ECS::Service";

    // https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServices.html
    private const int ServicesPerCall = 10;

    /// <returns>Logical id to ARN, for those that exist.</returns>
    public static async Task<IReadOnlyDictionary<string, string>> ArnsAsync(
        AwsSession session, ExpectedRollout expected, CancellationToken cancellationToken)
    {
        var arns = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var service in expected.Services)
        {
            if (expected.Stack.Outputs.GetValueOrDefault(StackKeys.ServiceOutput(service.LogicalId)) is { Length: > 0 } arn)
            {
                arns[service.LogicalId] = arn;
            }
        }

        return arns.Count == expected.Services.Length ? arns : await AmongResourcesAsync(session, expected.Stack, cancellationToken);
    }

    /// <summary>Those that ECS knows; the others are left out.</summary>
    public static async Task<List<Service>> DescribeAsync(AwsSession session, string cluster, string[] arns, CancellationToken cancellationToken)
    {
        List<Service> services = [];
        foreach (var batch in arns.Chunk(ServicesPerCall))
        {
            var request = new DescribeServicesRequest { Cluster = cluster, Services = [.. batch] };
            var response = await session.Ecs.DescribeServicesAsync(request, cancellationToken).Translated(cancellationToken);
            services.AddRange(response.Services ?? []);
        }

        return services;
    }

    private static async Task<Dictionary<string, string>> AmongResourcesAsync(
        AwsSession session, ObservedStack stack, CancellationToken cancellationToken)
    {
        var arns = new Dictionary<string, string>(StringComparer.Ordinal);
        var request = new ListStackResourcesRequest { StackName = stack.Id };
        try
        {
            do
            {
                var response = await session.CloudFormation.ListStackResourcesAsync(request, cancellationToken).Translated(cancellationToken);
                foreach (var resource in (response.StackResourceSummaries ?? []).Where(IsMadeService))
                {
                    arns[resource.LogicalResourceId] = resource.PhysicalResourceId;
                }

                request.NextToken = response.NextToken;
            }
            while (!string.IsNullOrEmpty(request.NextToken));
        }
        catch (AmazonCloudFormationException e) when (e.IsValidationError() && e.Message.Contains("does not exist", StringComparison.Ordinal))
        {
            return [];
        }

        return arns;
    }

    private static bool IsMadeService(StackResourceSummary resource) =>
        resource.ResourceType == ServiceType && resource.PhysicalResourceId is { Length: > 0 };
}
