using Amazon.ECS.Model;
using Barcelona.GitOps.Aws.Observing;
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

        return arns.Count == expected.Services.Length
            ? arns
            : await StackResources.OfTypeAsync(session, expected.Stack, ServiceType, cancellationToken);
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
}
