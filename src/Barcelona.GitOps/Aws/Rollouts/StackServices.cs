using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;
using Barcelona.GitOps.Core.Planning;
using Barcelona.GitOps.Core.Templates;

namespace Barcelona.GitOps.Aws.Rollouts;

/// <summary>Finds the services that an app stack made: in its outputs, or among its resources while it has none yet.</summary>
internal static class StackServices
{
    private const string ServiceType = "AWS::ECS::Service";

    /// <returns>Logical id to ARN, for those that exist.</returns>
    public static async Task<IReadOnlyDictionary<string, string>> ArnsAsync(AwsSession session, ExpectedRollout expected, CancellationToken cancellationToken)
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

    private static async Task<Dictionary<string, string>> AmongResourcesAsync(AwsSession session, ObservedStack stack, CancellationToken cancellationToken)
    {
        var arns = new Dictionary<string, string>(StringComparer.Ordinal);
        var request = new ListStackResourcesRequest { StackName = stack.Id };
        try
        {
            do
            {
                var response = await session.CloudFormation.ListStackResourcesAsync(request, cancellationToken).Translated(cancellationToken);
                foreach (var resource in (response.StackResourceSummaries ?? []).Where(r => r.ResourceType == ServiceType && r.PhysicalResourceId is { Length: > 0 }))
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
}
